// A finished actor laid over the picture. In: its own target, premultiplied sRGB, same size as the
// picture. Out: premultiplied sRGB times the actor's opacity.

uniform sampler2D u_group;
uniform float u_opacity;

out vec4 f_colour;

void main() {
    f_colour = texelFetch(u_group, ivec2(gl_FragCoord.xy), 0) * u_opacity;
}
