// A finished actor, tinted, before its outline and its shadow. In: its own target, premultiplied
// sRGB, same size as the picture, and its silhouette, grown and blurred. Out: premultiplied sRGB.
// Variants make the latter, alpha in red: SILHOUETTE halves the size, GROWN widens it by a radius,
// BLURRED is one direction of a Gaussian in targets of a quarter of the size.

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

const int TAPS = 12;

void main() {
    vec2 at = gl_FragCoord.xy * u_step;
    float most = textureLod(u_silhouette, at, 0.0).r;
    if (most < 1.0) {  // most blocks lie inside, and are spared the rings
        for (int i = 0; i < TAPS; ++i) {
            float angle = 6.2831853 * float(i) / float(TAPS);
            vec2 aside = u_radius * u_step * vec2(cos(angle), sin(angle));
            most = max(most, textureLod(u_silhouette, at + aside, 0.0).r);
            if (i % 2 == 0) {  // half the circle, half the taps
                most = max(most, textureLod(u_silhouette, at + 0.5 * aside, 0.0).r);
            }
        }
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
uniform sampler2D u_grown;
uniform sampler2D u_blurred;
uniform vec2 u_step;  // one picture px, 0..1
uniform vec3 u_gain;  // tint times brightness
uniform vec4 u_outline;  // premultiplied; 0 for none
uniform vec4 u_shadow;  // premultiplied; 0 for none
uniform vec2 u_shift;  // of the shadow, 0..1, y down
uniform float u_opacity;

void main() {
    vec4 actor = texelFetch(u_group, ivec2(gl_FragCoord.xy), 0);
    actor.rgb = min(actor.rgb * u_gain, actor.a);
    vec2 at = gl_FragCoord.xy * u_step;
    if (actor.a < 1.0) {
        vec4 behind = u_shadow * textureLod(u_blurred, at - u_shift, 0.0).r;
        // Grown at half the size its edge is a ramp of 5 px: steeper, it is one of 2.
        float grown = clamp(2.2 * textureLod(u_grown, at, 0.0).r - 0.6, 0.0, 1.0);
        vec4 line = u_outline * grown;
        actor += (line + behind * (1.0 - line.a)) * (1.0 - actor.a);
    }
    f_colour = actor * u_opacity;
}
#endif
