// Vertices of warped layers. In: picture px (y down), atlas coordinates (v = 0 is the top row),
// alpha 0..1, the layer's depth (1 far, -1 near; MASK has one for all). Out: clip space whose row 0 is the TOP row of the picture, so that a read-back needs
// no flip.

in vec2 in_position;
in vec2 in_uv;
#ifndef SOLID
in float in_alpha;
#endif
#ifndef MASK
in float in_depth;
#endif

uniform vec2 u_size_px;
uniform vec2 u_slice;  // of depth that is this actor's: its middle and half its width
#ifdef MASK
uniform float u_depth;
#endif

noperspective out vec2 v_uv;
#ifndef SOLID
noperspective out float v_alpha;
#endif

void main() {
#ifdef MASK
    float depth = u_depth;
#else
    float depth = in_depth;
#endif
    gl_Position = vec4(in_position / u_size_px * 2.0 - 1.0, u_slice.x + u_slice.y * depth, 1.0);
    v_uv = in_uv;
#ifndef SOLID
    v_alpha = in_alpha;
#endif
}
