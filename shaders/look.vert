// One box of the picture as two triangles. In: corners in picture px (y down). Out: clip space
// whose row 0 is the top row, of the picture or of a smaller target that stands for all of it.

in vec2 in_position;

uniform vec2 u_size_px;

void main() {
    gl_Position = vec4(in_position / u_size_px * 2.0 - 1.0, 0.0, 1.0);
}
