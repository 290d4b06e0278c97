// Colour of an item. In: its frame, premultiplied sRGB, in about the size it is shown. Out:
// premultiplied sRGB times its opacity; an edge covers of a pixel what a straight edge would.

in vec2 v_uv;

uniform sampler2D u_atlas;
uniform float u_opacity;

out vec4 f_colour;

void main() {
    vec2 pixel = sqrt(dFdx(v_uv) * dFdx(v_uv) + dFdy(v_uv) * dFdy(v_uv));  // of the picture
    vec2 cover = clamp((0.5 - abs(v_uv - 0.5)) / pixel + 0.5, 0.0, 1.0);
    f_colour = texture(u_atlas, v_uv) * (cover.x * cover.y * u_opacity);
}
