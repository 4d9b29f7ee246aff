import { boxFaces, commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

export const treeVertex = commonUniforms + placement + /* glsl */ `
in vec4 position;
in vec4 shade;
out vec3 vRelative;
out vec3 vView;
out vec4 vShade;
void main() {
  vec4 view = placed(position.xyz);
  vRelative = uViewToWorld * view.xyz;
  vView = view.xyz;
  vShade = vec4(shade.xyz / 255.0, position.w / 16.0);
  gl_Position = projectionMatrix * view;
}`

export const treeFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
in vec3 vRelative;
in vec3 vView;
in vec4 vShade;
out vec4 outColour;
void main() {
  vec3 n = uViewToWorld * normalize(cross(dFdx(vView), dFdy(vView)) + vec3(0.0, 0.0, 1e-9));
  if (dot(n, vRelative) > 0.0) n = -n;
  n = normalize(n + vec3(0.0, 0.0, 0.55));
  vec2 p = vRelative.xy + uCamera.xy;
  float leaf = noise2(p * 2.1 + vShade.w) * 0.5 + noise2(p * 5.3 - vShade.w * 2.0) * 0.5;
  vec3 albedo = mix(srgb(0.125, 0.215, 0.10), srgb(0.255, 0.325, 0.155), vShade.y * 0.7 + leaf * 0.3);
  albedo = mix(albedo, srgb(0.34, 0.39, 0.18), vShade.z * 0.35);
  albedo *= mix(0.45, 1.12, smoothstep(0.05, 0.9, vShade.x)) * (0.8 + 0.4 * leaf);
  if (vShade.x < 0.02) albedo = srgb(0.30, 0.25, 0.20);
  vec3 colour = albedo * lightOn(n, mix(0.35, 1.0, sunlight(vRelative, n)));
  colour += albedo * uSunColour * pow(max(dot(normalize(vRelative), uSunDirection), 0.0), 4.0) * 0.25;
  colour += albedo * vec3(1.0, 0.66, 0.34) * 0.55 * uLampsOn * (1.0 - vShade.x * 0.8);
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`

export const treeShadowVertex = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
in vec4 position;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position.xyz, 1.0); }`

/** Signals by vertex pulling: pole, arm and a lamp case of 15 boxes' worth of corners; then glowing lamps. */
export const signalVertex = commonUniforms + placement + vertexHelpers + boxFaces + /* glsl */ `
uniform sampler2D uHeads;
uniform sampler2D uLights;
uniform vec3 uOrigin;
uniform float uReach;
out vec3 vNormal;
out vec3 vRelative;
flat out vec3 vGlow;
flat out float vPart;
out vec2 vCorner;
void main() {
  int head = gl_VertexID / 108, k = gl_VertexID - head * 108;
  int t = head * 2;
  vec4 a = texelFetch(uHeads, ivec2(t & 1023, t >> 10), 0), b = texelFetch(uHeads, ivec2((t + 1) & 1023, (t + 1) >> 10), 0);
  vec3 foot = relativeOf(a.xyz);
  vNormal = vec3(0.0, 0.0, 1.0); vRelative = vec3(1.0); vGlow = vec3(0.0); vPart = 0.0; vCorner = vec2(0.0);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  float distance = length(foot);
  if (distance > uReach) return;
  vec3 ahead = vec3(b.xy, 0.0), left = vec3(-b.y, b.x, 0.0);
  float arm = b.z;
  if (k < 90) {
    int box = k / 30, j = k - box * 30, corner = CORNERS[j];
    vec3 q = vec3(corner == 1 || corner == 2 || corner == 5 || corner == 6 ? 1.0 : -1.0, (corner & 3) > 1 ? 1.0 : -1.0, corner > 3 ? 1.0 : 0.0);
    vec3 local;
    if (box == 0) local = vec3(q.x * 0.11, q.y * 0.11, q.z * 6.3);
    else if (box == 1) local = vec3(q.x * 0.07, (q.y * 0.5 + 0.5) * arm, 6.05 + q.z * 0.14);
    else local = vec3(q.x * 0.16, arm + q.y * 0.24, 4.75 + q.z * 1.35);
    vec3 relative = foot + ahead * local.x + left * local.y + vec3(0.0, 0.0, local.z);
    vec3 n = NORMALS[j / 6];
    vNormal = ahead * n.x + left * n.y + vec3(0.0, 0.0, n.z);
    vRelative = relative;
    vPart = box == 2 ? 1.0 : 0.0;
    gl_Position = clipPulled(viewOf(relative), 1.2, 0.0026);
  } else {
    int lamp = (k - 90) / 6, c = (k - 90) - lamp * 6;
    int group = int(a.w + 0.5);
    int light = int(texelFetch(uLights, ivec2(group & 1023, group >> 10), 0).r * 255.0 + 0.5);
    bool red = light == 0 || light == 4, yellow = light == 1 || light == 4, green = light == 2 || light == 3;
    bool on = lamp == 0 ? red : lamp == 1 ? yellow : green;
    vec2 q = vec2(c == 1 || c == 2 || c == 4 ? 1.0 : -1.0, c == 2 || c == 4 || c == 5 ? 1.0 : -1.0);
    float seen = dot(normalize(foot), ahead);
    if (!on) { if (distance > 150.0 || seen < 0.0) return; }
    float size = on ? 0.20 + distance * uPixel * 0.9 : 0.15;
    if (seen < -0.15) return;
    vec3 at = foot - ahead * 0.19 + left * arm + vec3(0.0, 0.0, 5.88 - float(lamp) * 0.43);
    vRelative = at + left * q.x * size + vec3(0.0, 0.0, q.y * size);
    vGlow = (lamp == 0 ? vec3(1.0, 0.10, 0.07) : lamp == 1 ? vec3(1.0, 0.66, 0.10) : vec3(0.10, 0.95, 0.52)) * (on ? 1.0 : 0.05);
    vPart = 2.0;
    vCorner = q;
    gl_Position = clipPulled(viewOf(vRelative), 1.3, 0.0030);
  }
}`

export const signalFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
in vec3 vNormal;
in vec3 vRelative;
flat in vec3 vGlow;
flat in float vPart;
in vec2 vCorner;
out vec4 outColour;
void main() {
  if (vPart > 1.5) {
    float r = length(vCorner);
    if (r > 1.0) discard;
    vec3 colour = vGlow * (1.3 * smoothstep(1.0, 0.6, r) + 0.4);
    outColour = vec4(toneMapped(mist(colour / max(uExposure, 0.5), vRelative)), 1.0);
    return;
  }
  vec3 albedo = vPart > 0.5 ? vec3(0.02) : srgb(0.62, 0.64, 0.65);
  vec3 colour = albedo * (lightOn(normalize(vNormal), 1.0) + vec3(1.0, 0.7, 0.4) * 0.3 * uLampsOn);
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`
