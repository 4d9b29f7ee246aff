import { throughGround } from './areas'
import { commonFragment, commonUniforms, placement, vertexHelpers } from './common'

export const crowdHeatVertex = commonUniforms + placement + vertexHelpers + throughGround + /* glsl */ `
in vec3 position;
out vec3 vRelative;
void main() {
  vec4 view = placed(position);
  vRelative = uViewToWorld * view.xyz;
  gl_Position = throughGround(clipPulled(view, 1.35, 0.0029));
}`

/** Density as Fruin levels with a line where one begins, or as a ramp. Colours are as in the legend, whatever the light. */
export const crowdHeatFragment = commonUniforms + commonFragment + /* glsl */ `
uniform sampler2D uDensity;
uniform vec4 uSquare;       // west, south, 1 / side, cell
uniform float uBounds[5];   // p/m2 from which levels B to F begin
uniform vec3 uLevels[6];    // colours of A to F
uniform int uHeatMode;      // 0 levels, 1 ramp
in vec3 vRelative;
out vec4 outColour;
void main() {
  vec2 p = (vRelative.xy + uCamera.xy - uSquare.xy) * uSquare.z;
  float density = texture(uDensity, p).r * 255.0 / 32.0;
  if (density < 0.02) discard;
  vec3 colour = uLevels[0];
  float cover = 0.22 * smoothstep(0.09, 0.30, density), w = max(fwidth(density), 1e-4);
  float before = 0.0;
  for (int k = 0; k < 5; k++) {
    if (uHeatMode == 0) {
      float beyond = clamp((density - uBounds[k]) / w + 0.5, 0.0, 1.0);
      colour = mix(colour, uLevels[k + 1], beyond);
      cover = mix(cover, 0.38 + 0.11 * float(k), beyond);
      float edge = 1.0 - smoothstep(0.6, 1.4, abs(density - uBounds[k]) / w);
      colour *= 1.0 - 0.28 * edge * step(1.5, float(k)) * step(length(vRelative), 900.0);
    } else {
      float share = clamp((density - before) / (uBounds[k] - before), 0.0, 1.0);
      colour = mix(colour, uLevels[k + 1], share);
      cover = mix(cover, 0.36 + 0.11 * float(k), share);
      before = uBounds[k];
    }
  }
  vec2 edge = min(p, 1.0 - p);
  cover *= smoothstep(0.0, 0.04, min(edge.x, edge.y)) * (1.0 - fogAmount(vRelative) * 0.6);
  outColour = vec4(colour * mix(1.0, 0.9, uNight), cover);
}`
