// An item as two triangles. In: corners in picture px (y down), a pixel beyond it, and where they
// are on it (0..1 inside). Out: clip space whose row 0 is the top row of the picture.

in vec2 in_position;
in vec2 in_uv;

uniform vec2 u_size_px;

out vec2 v_uv;

void main() {
    gl_Position = vec4(in_position / u_size_px * 2.0 - 1.0, 0.0, 1.0);
    v_uv = in_uv;
}
