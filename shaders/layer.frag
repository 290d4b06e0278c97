// Colour of warped layers. In: an atlas of premultiplied sRGB at the size it is shown, so without
// mipmaps. Out: premultiplied sRGB, blended in sRGB space.
// Variants: SOLID has no alpha but the art's, which is 1; CLIPPED times the alpha of a clip layer,
// kept in one channel of a mask of the picture's size; MASK writes such a channel (the colour mask
// chooses which); MULTIPLY a second output for dual-source blending; OVERLAY reads a copy of what
// is below.
// Formulas: W3C Compositing and Blending Level 1, sections 5 and 10.

// Nothing lies in perspective: that saves llvmpipe a division a pixel.
noperspective in vec2 v_uv;
#ifndef SOLID
noperspective in float v_alpha;
#endif

uniform sampler2D u_atlas;
#ifdef CLIPPED
uniform sampler2D u_mask;
uniform vec4 u_channel;
#endif
#ifdef OVERLAY
uniform sampler2D u_below;
#endif

layout(location = 0, index = 0) out vec4 f_colour;
#ifdef MULTIPLY
layout(location = 0, index = 1) out vec4 f_keep;
#endif

void main() {
    vec4 source = texture(u_atlas, v_uv);
#ifndef SOLID
    source *= v_alpha;
#endif
#ifdef CLIPPED
    source *= dot(texelFetch(u_mask, ivec2(gl_FragCoord.xy), 0), u_channel);
#endif
#if defined(MASK)
    f_colour = vec4(source.a);
#elif defined(OVERLAY)
    vec4 below = texelFetch(u_below, ivec2(gl_FragCoord.xy), 0);
    vec3 dark = 2.0 * source.rgb * below.rgb;
    vec3 light = source.a * below.a - 2.0 * (below.a - below.rgb) * (source.a - source.rgb);
    vec3 mixed = mix(dark, light, step(vec3(0.5 * below.a), below.rgb));
    f_colour.rgb = source.rgb * (1.0 - below.a) + below.rgb * (1.0 - source.a) + mixed;
    f_colour.a = source.a + below.a * (1.0 - source.a);
#else
    f_colour = source;
#endif
#ifdef MULTIPLY
    f_keep = vec4(1.0 - source.a + source.rgb, 1.0);
#endif
}
