// A finished actor laid over the picture. In: its own target, premultiplied sRGB, same size as the
// picture. Out: premultiplied sRGB times the actor's opacity.
// Variant FADE reads nothing: its alpha tells the blend function how much to keep.

#ifndef FADE
uniform sampler2D u_group;
#endif
uniform float u_opacity;

out vec4 f_colour;

void main() {
#ifdef FADE
    f_colour = vec4(u_opacity);
#else
    f_colour = texelFetch(u_group, ivec2(gl_FragCoord.xy), 0) * u_opacity;
#endif
}
