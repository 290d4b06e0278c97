// The picture in a window. In: the corners of a unit square, y down. Out: clip space, y up, over
// the whole viewport; v_uv with row 0 at the top.

in vec2 in_position;

out vec2 v_uv;

void main() {
    v_uv = in_position;
    gl_Position = vec4(in_position.x * 2.0 - 1.0, 1.0 - in_position.y * 2.0, 0.0, 1.0);
}
