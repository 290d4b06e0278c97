// A finished actor laid over the picture. In: its own target, premultiplied sRGB, same size as the
// picture. Out: premultiplied sRGB times the actor's opacity.
// Variants read nothing: the alpha of FADE tells the blend function how much to keep, MASK is 1.

#if !defined(FADE) && !defined(MASK)
uniform sampler2D u_group;
#endif
#ifndef MASK
uniform float u_opacity;
#endif

out vec4 f_colour;

void main() {
#if defined(FADE)
    f_colour = vec4(u_opacity);
#elif defined(MASK)
    f_colour = vec4(1.0);
#else
    f_colour = texelFetch(u_group, ivec2(gl_FragCoord.xy), 0) * u_opacity;
#endif
}
