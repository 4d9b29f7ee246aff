import { commonUniforms } from './common'

/**
 * Drops before the eye: three curtains around it, 5, 11 and 24 m away, on which streaks fall at 9 m/s, the speed of
 * large drops (Gunn & Kinzer 1949, 5 mm).
 */
export const rainFragment = commonUniforms + /* glsl */ `
uniform float uRain; // 0 none .. 1 heavy
in vec3 vDirection;
out vec4 outColour;
float hash11(float p) { p = fract(p * 0.1031); p *= p + 33.33; return fract(p * (p + p)); }
float curtain(vec3 d, float radius, float each, float seed) {
  float level = max(length(d.xy), 1e-3), columns = floor(6.2832 * radius / each);
  float across = (atan(d.y, d.x) / 6.2832 + 0.5) * columns, column = floor(across), luck = hash11(column + seed);
  float along = (d.z / level * radius + uTime * 9.0) / 5.0 + luck * 17.0 + (across - column) * 0.02;
  float falls = step(hash11(floor(along) * 1.7 + luck * 91.0), 0.25 + 0.55 * uRain), streak = smoothstep(0.0, 0.04, fract(along)) * smoothstep(0.17, 0.09, fract(along));
  float width = max(fwidth(across), 0.02), beside = abs(across - column - 0.5);
  return falls * streak * (1.0 - smoothstep(width * 0.5, width * 1.5, beside)) * smoothstep(0.12, 0.45, level);
}
void main() {
  vec3 d = normalize(vDirection);
  float drops = curtain(d, 5.0, 0.22, 3.0) * 0.55 + curtain(d, 11.0, 0.30, 47.0) * 0.40 + curtain(d, 24.0, 0.42, 113.0) * 0.30;
  outColour = vec4(mix(vec3(0.78, 0.82, 0.86), vec3(0.42, 0.44, 0.48), uNight), clamp(drops, 0.0, 1.0) * (0.25 + 0.35 * uRain));
}`
