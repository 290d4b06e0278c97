// One box of the picture as two triangles. In: corners in picture px (y down). Out: clip space
// whose row 0 is the top row of the picture. Variant MASK: at a depth.

in vec2 in_position;

uniform vec2 u_size_px;
#ifdef MASK
uniform float u_depth;
#else
const float u_depth = 0.0;
#endif

void main() {
    gl_Position = vec4(in_position / u_size_px * 2.0 - 1.0, u_depth, 1.0);
}
