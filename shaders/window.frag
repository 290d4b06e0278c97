// The picture in a window. In: premultiplied sRGB, top row first. Out: the same, unconverted: the
// desktop blends in sRGB too.

uniform sampler2D u_picture;

in vec2 v_uv;

out vec4 f_colour;

void main() {
    f_colour = texture(u_picture, v_uv);
}
