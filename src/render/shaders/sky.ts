import { commonFragment, commonUniforms } from './common'

export const skyVertex = commonUniforms + /* glsl */ `
uniform mat4 uInverseProjection;
out vec3 vDirection;
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2)) * 2.0 - 1.0;
  gl_Position = vec4(corner, 0.99999, 1.0);
  vec4 view = uInverseProjection * vec4(corner, 0.5, 1.0);
  vDirection = uViewToWorld * (view.xyz / view.w);
}`

export const skyFragment = commonUniforms + commonFragment + /* glsl */ `
in vec3 vDirection;
out vec4 outColour;
void main() {
  vec3 direction = normalize(vDirection);
  vec3 colour = skyColour(direction);
  if (direction.z > 0.0) {
    // Thin high cloud, three octaves, stretched towards the horizon.
    vec2 p = direction.xy / (direction.z + 0.12) * 2.2 + uTime * 0.002;
    float c = noise2(p * vec2(1.0, 1.7)) * 0.55 + noise2(p * 2.7 + 7.0) * 0.3 + noise2(p * 6.1 + 3.0) * 0.15;
    float cover = smoothstep(0.5, 0.85, c) * smoothstep(0.0, 0.22, direction.z);
    vec3 lit = mix(uHorizon * 1.25 + uSunColour * 0.10 + uGlow * 0.12, vec3(0.012, 0.014, 0.022), uNight * 0.8);
    colour = mix(colour, lit, cover * 0.55);
    float disc = smoothstep(0.99988, 0.99996, dot(direction, uSunDirection));
    colour += uSunColour * disc * 6.0 * (1.0 - cover);
    // Stars, only where it is dark.
    vec2 cell = floor(direction.xy / (1.0 + direction.z) * 260.0);
    float star = step(0.9975, hash12(cell)) * uNight * smoothstep(0.05, 0.4, direction.z);
    colour += star * 0.25 * hash12(cell + 4.0) * (1.0 - cover);
  }
  vec3 shown = toneMapped(mix(colour, skyColour(normalize(vec3(direction.xy, 0.02))), smoothstep(0.02, -0.02, direction.z)));
  outColour = vec4(shown + (hash12(gl_FragCoord.xy) - 0.5) / 255.0, 1.0);
}`
