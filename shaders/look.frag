// A finished actor, tinted, before its outline and its shadow. In: its own target, premultiplied
// sRGB, same size as the picture, and its silhouette, grown and blurred. Out: premultiplied sRGB.
// Variants: OUTLINE and SHADOW, without which neither is read; those that make what these read, alpha
// in red: SILHOUETTE halves the size, GROWN widens it by a radius, BLURRED is one direction of a
// Gaussian in targets of a quarter of the size.

out vec4 f_colour;

#if defined(SILHOUETTE)
uniform sampler2D u_group;
uniform vec2 u_step;  // one texel of this target, 0..1

void main() {
    f_colour = vec4(textureLod(u_group, gl_FragCoord.xy * u_step, 0.0).a);
}
#elif defined(GROWN)
uniform sampler2D u_silhouette;
uniform vec2 u_step;
uniform float u_radius;  // in texels of this target
uniform int u_pairs;  // of directions: 6; a constant would unroll the loop, and blocks end it early

const mat2 TURN = mat2(0.8660254, 0.5, -0.5, 0.8660254);  // by 30 degrees

void main() {
    vec2 at = gl_FragCoord.xy * u_step, towards = vec2(u_radius, 0.0);
    float most = textureLod(u_silhouette, at, 0.0).r;
    for (int i = 0; i < u_pairs && most < 1.0; ++i) {  // most blocks lie inside
        most = max(most, textureLod(u_silhouette, at + u_step * towards, 0.0).r);
        // Half the circle, half the taps.
        most = max(most, textureLod(u_silhouette, at + 0.5 * u_step * towards, 0.0).r);
        towards = TURN * towards;
        most = max(most, textureLod(u_silhouette, at + u_step * towards, 0.0).r);
        towards = TURN * towards;
    }
    f_colour = vec4(most);
}
#elif defined(BLURRED)
uniform sampler2D u_silhouette;
uniform vec2 u_step;
uniform vec2 u_sigma;  // in texels of this target, along one axis

void main() {
    vec2 at = gl_FragCoord.xy * u_step;
    float total = 0.0, weights = 0.0;
    for (int i = -5; i <= 5; ++i) {  // half a sigma apart
        float weight = exp(-0.125 * float(i * i));
        total += weight * textureLod(u_silhouette, at + 0.5 * float(i) * u_sigma * u_step, 0.0).r;
        weights += weight;
    }
    f_colour = vec4(total / weights);
}
#else
uniform sampler2D u_group;
#ifdef OUTLINE
uniform sampler2D u_grown;
uniform vec4 u_outline;  // premultiplied
#endif
#ifdef SHADOW
uniform sampler2D u_blurred;
uniform vec4 u_shadow;  // premultiplied
uniform vec2 u_shift;  // of the shadow, 0..1, y down
#endif
#if defined(OUTLINE) || defined(SHADOW)
uniform vec2 u_step;  // one picture px, 0..1
#endif
uniform vec3 u_gain;  // tint times brightness
uniform float u_opacity;

void main() {
    vec4 actor = texelFetch(u_group, ivec2(gl_FragCoord.xy), 0);
    actor.rgb = min(actor.rgb * u_gain, actor.a);
#if defined(OUTLINE) || defined(SHADOW)
    if (actor.a < 1.0) {
        vec4 around = vec4(0.0);
        vec2 at = gl_FragCoord.xy * u_step;
#ifdef OUTLINE
        // Grown at half the size its edge is a ramp of 5 px: steeper, it is one of 2.
        float grown = clamp(2.2 * textureLod(u_grown, at, 0.0).r - 0.6, 0.0, 1.0);
        around = u_outline * grown;
#endif
#ifdef SHADOW
        around += u_shadow * textureLod(u_blurred, at - u_shift, 0.0).r * (1.0 - around.a);
#endif
        actor += around * (1.0 - actor.a);
    }
#endif
    f_colour = actor * u_opacity;
}
#endif
