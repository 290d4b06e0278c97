// Vertices of warped layers. In: picture px (y down), atlas coordinates (v = 0 is the top row),
// alpha 0..1. Out: clip space whose row 0 is the TOP row of the picture, so that a read-back needs
// no flip.

in vec2 in_position;
in vec2 in_uv;
in float in_alpha;

uniform vec2 u_size_px;

out vec2 v_uv;
out float v_alpha;

void main() {
    gl_Position = vec4(in_position / u_size_px * 2.0 - 1.0, 0.0, 1.0);
    v_uv = in_uv;
    v_alpha = in_alpha;
}
