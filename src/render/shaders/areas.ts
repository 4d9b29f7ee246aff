import { commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

/** Moves what is seen through the ground before everything else, in the order among itself that it has. */
export const throughGround = /* glsl */ `
uniform float uThrough; // 1: seen through what lies above
vec4 throughGround(vec4 clip) { return uThrough > 0.5 ? vec4(clip.xy, clip.z * 0.04 - clip.w * 0.95, clip.w) : clip; }
`

/** Light of the lamps of an open square, about every 28 m; from far away their mean. */
export const squareLamps = /* glsl */ `
vec3 squareLamps(vec3 relative) {
  vec2 away = abs(fract((relative.xy + uCamera.xy) / 28.0) - 0.5) * 28.0;
  float pool = mix(exp(-dot(away, away) / 90.0), 0.36, smoothstep(250.0, 900.0, length(relative)));
  return vec3(1.0, 0.77, 0.51) * uLampsOn * (0.16 + 0.38 * pool);
}
`

export const areaVertex = commonUniforms + placement + vertexHelpers + throughGround + /* glsl */ `
in vec3 position;
in vec3 normal;
in vec3 local;
in vec3 part; // what it is made of, height of its floor, lit from inside
out vec3 vRelative;
out vec3 vNormal;
out vec3 vLocal;
flat out vec3 vPart;
void main() {
  vec4 view = placed(position);
  vRelative = uViewToWorld * view.xyz;
  vNormal = normal;
  vLocal = local;
  vPart = part;
  gl_Position = throughGround(clipPulled(view, 1.15, 0.0026));
}`

/** Paving, halls, walls, steps, fences and gates; numbers of parts as in areaMeshes.ts. */
export const areaFragment = commonUniforms + commonFragment + shadowFragment + squareLamps + /* glsl */ `
uniform vec2 uFloors; // m above the sea: only floors between are drawn
in vec3 vRelative;
in vec3 vNormal;
in vec3 vLocal;
flat in vec3 vPart;
out vec4 outColour;

float line(float x, float every, float width) { float w = fwidth(x) / every; return stripes(x / every, w, 0.0, width / every); }

void main() {
  if (vPart.y < uFloors.x - 0.5 || vPart.y >= uFloors.y) discard;
  int part = int(vPart.x + 0.5);
  float inside = vPart.z;
  float distance = length(vRelative), near = 1.0 / (1.0 + distance * 0.006);
  vec2 p = vRelative.xy + uCamera.xy;
  vec3 n = normalize(vNormal);
  if (dot(n, vRelative) > 0.0) n = -n;
  vec3 albedo = srgb(0.6, 0.6, 0.6), glow = vec3(0.0);
  if (part == 0) {
    float tone = noise2(p * 0.02) * 0.5 + noise2(p * 0.11) * 0.3 + noise2(floor(p / vec2(1.2, 0.6))) * 0.2 * near;
    albedo = mix(srgb(0.455, 0.448, 0.435), srgb(0.565, 0.552, 0.525), tone);
    float bandsEast = line(p.x, 18.0, 1.2), bandsNorth = line(p.y, 18.0, 1.2);
    albedo = mix(albedo, srgb(0.335, 0.335, 0.34), max(bandsEast, bandsNorth) * 0.55);
    albedo *= 1.0 - 0.13 * near * max(line(p.x, 1.2, 0.03), line(p.y, 0.6, 0.03));
  } else if (part == 1 || part == 2) {
    albedo = part == 1 ? srgb(0.60, 0.59, 0.565) : srgb(0.53, 0.545, 0.555);
    albedo *= 0.95 + 0.10 * noise2(floor(p / 0.8));
    albedo *= 1.0 - 0.16 * near * max(line(p.x, 0.8, 0.02), line(p.y, 0.8, 0.02));
  } else if (part == 3) {
    albedo = mix(srgb(0.50, 0.52, 0.55), srgb(0.70, 0.71, 0.72), smoothstep(0.0, 1.2, vLocal.y));
    albedo = mix(albedo, srgb(0.12, 0.44, 0.42), band(vLocal.y, fwidth(vLocal.y), 0.85, 0.98) * inside);
  } else if (part == 4) {
    albedo = vLocal.y < -0.5 ? srgb(0.42, 0.42, 0.41) : mix(srgb(0.62, 0.61, 0.59), srgb(0.80, 0.66, 0.22), band(vLocal.y, fwidth(vLocal.y), 0.0, 0.05) * near);
  } else if (part == 5) {
    float tread = line(vLocal.x, 0.05, 0.02) * near;
    float moving = smoothstep(0.30, 0.40, fract((vLocal.y + uTime * vLocal.z) / 0.40 * sign(vLocal.z + 0.001)));
    albedo = vLocal.y < -0.5 ? srgb(0.16, 0.16, 0.17) : mix(srgb(0.30, 0.31, 0.32), srgb(0.20, 0.20, 0.21), tread) * (0.85 + 0.25 * moving);
    albedo = mix(albedo, srgb(0.85, 0.68, 0.10), band(abs(vLocal.x), fwidth(vLocal.x), 0.42, 0.50));
  } else if (part == 6) albedo = srgb(0.60, 0.59, 0.57);
  else if (part == 7) {
    float bars = max(max(line(vLocal.x, 0.14, 0.03), band(vLocal.y, fwidth(vLocal.y), 0.98, 1.2)), band(vLocal.y, fwidth(vLocal.y), 0.05, 0.14));
    if (bars < 0.35 && abs(vNormal.z) < 0.5 && fwidth(vLocal.x) < 0.09) discard;
    albedo = srgb(0.66, 0.68, 0.70);
  } else if (part == 8 || part == 11) {
    float across = vLocal.x + vLocal.y * 0.9, w = fwidth(across);
    albedo = mix(srgb(0.95, 0.95, 0.93), srgb(0.82, 0.08, 0.07), stripes(across / 0.9, w / 0.9, 0.0, 0.5));
    if (part == 8 && abs(vNormal.z) < 0.5 && vLocal.y < 0.42 && fract(vLocal.x / 2.0) > 0.06) discard;
    glow = albedo * 0.20 * uLampsOn;
  } else if (part == 9) {
    float arrow = stripes((vLocal.x + abs(vLocal.y - 0.6) * 1.2) / 0.8, fwidth(vLocal.x) / 0.8, 0.0, 0.4);
    albedo = mix(srgb(0.10, 0.30, 0.62), srgb(0.93, 0.95, 0.97), arrow);
    glow = albedo * 0.20 * uLampsOn;
  } else if (part == 10) {
    albedo = mix(srgb(0.62, 0.64, 0.66), srgb(0.15, 0.62, 0.38), step(0.92, vLocal.y) + step(0.5, abs(vNormal.z)));
  } else if (part == 12) {
    albedo = srgb(0.09, 0.38, 0.25);
    glow = albedo * 0.35 * uLampsOn;
  } else if (part == 13) albedo = mix(srgb(0.66, 0.66, 0.64), srgb(0.86, 0.70, 0.18), 0.55);
  else if (part == 14) {
    float frame = max(line(vLocal.x, max(vLocal.z, 0.1), 0.12), band(vLocal.y, fwidth(vLocal.y), 1.95, 2.3));
    albedo = mix(srgb(0.30, 0.44, 0.48), srgb(0.78, 0.80, 0.81), frame);
  } else if (part == 15) albedo = srgb(0.78, 0.77, 0.75);
  else if (part == 16) {
    float seat = line(vLocal.x, 0.5, 0.09);
    float block = noise2(floor(p / 6.0) * 3.7);
    vec3 seats = mix(srgb(0.11, 0.27, 0.23), srgb(0.20, 0.39, 0.33), step(0.5, block));
    albedo = vLocal.y < -0.5 ? seats * 0.75 : mix(seats, srgb(0.40, 0.40, 0.395), max(seat * near, band(vLocal.y, fwidth(vLocal.y), 0.0, 0.32)));
  } else if (part == 17) {
    albedo = mix(srgb(0.17, 0.27, 0.11), srgb(0.215, 0.325, 0.14), stripes(p.y / 11.0, fwidth(p.y) / 11.0, 0.0, 0.5));
  } else if (part == 18) albedo = mix(srgb(0.48, 0.56, 0.60), srgb(0.16, 0.17, 0.18), band(vLocal.y, fwidth(vLocal.y), 0.92, 1.1));
  else if (part == 19) albedo = mix(srgb(0.56, 0.57, 0.57), srgb(0.36, 0.37, 0.38), step(0.5, abs(n.z)));

  vec3 colour;
  if (inside > 0.5) colour = albedo * (0.50 + 0.35 * abs(n.z) + 0.12 * n.x) / max(uExposure, 0.6) + albedo * uAmbientSky * 0.2;
  else {
    colour = albedo * lightOn(n, sunlight(vRelative, n));
    colour += albedo * squareLamps(vRelative);
  }
  outColour = vec4(toneMapped(mist(colour + glow, vRelative)), 1.0);
}`

/** What lies before the eye steps back while a level below is shown. */
export const veilVertex = /* glsl */ `
precision highp float;
void main() { gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, -0.9, 1.0); }`
export const veilFragment = /* glsl */ `
precision highp float;
out vec4 outColour;
void main() { outColour = vec4(0.030, 0.040, 0.055, 0.72); }`
