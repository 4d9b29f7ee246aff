import { boxFaces, commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

/**
 * Barriers and cones by vertex pulling: three boxes (a board and two posts, or a cone on its plate), then two lamps.
 * Far away they grow, so that a closure is seen from where a planner looks at a district.
 */
export const closureVertex = commonUniforms + placement + vertexHelpers + boxFaces + /* glsl */ `
uniform sampler2D uProps;
out vec3 vNormal;
out vec3 vRelative;
out vec3 vLocal;     // m along the board, across it, above the ground
flat out float vPart; // 0 board, 1 post, 2 cone, 3 lamp
flat out float vPhase;
out vec2 vCorner;
void main() {
  int prop = gl_VertexID / 102, k = gl_VertexID - prop * 102;
  int t = prop * 2;
  vec4 a = texelFetch(uProps, ivec2(t & 511, t >> 9), 0), b = texelFetch(uProps, ivec2((t + 1) & 511, (t + 1) >> 9), 0);
  vec3 foot = relativeOf(a.xyz);
  float distance = length(foot);
  bool cone = b.z > 0.5;
  vec3 ahead = vec3(a.w, b.x, 0.0), left = vec3(-b.x, a.w, 0.0);
  vNormal = vec3(0.0, 0.0, 1.0); vRelative = vec3(1.0); vLocal = vec3(0.0); vPart = 0.0; vPhase = float(prop & 1) * 0.5; vCorner = vec2(0.0);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  if (distance > (cone ? 2500.0 : 9000.0)) return;
  float grow = clamp(distance * uPixel * (cone ? 5.0 : 9.0) / 1.1, 1.0, cone ? 5.0 : 14.0);
  float half_ = b.y - 0.15;
  if (k < 90) {
    int box = k / 30, j = k - box * 30, corner = CORNERS[j];
    vec3 q = vec3(corner == 1 || corner == 2 || corner == 5 || corner == 6 ? 1.0 : -1.0, (corner & 3) > 1 ? 1.0 : -1.0, corner > 3 ? 1.0 : 0.0);
    vec3 local;
    if (cone) {
      if (box == 2) return;
      local = box == 0 ? vec3(q.xy * mix(0.20, 0.045, q.z), 0.04 + q.z * 0.71) : vec3(q.xy * 0.24, q.z * 0.05);
      vPart = box == 0 ? 2.0 : 1.0;
    } else if (box == 0) {
      local = vec3(q.x * 0.06, q.y * half_, 0.28 + q.z * 0.86);
      vPart = 0.0;
    } else {
      local = vec3(q.x * 0.26 * (1.0 - q.z * 0.8), (box == 1 ? 0.8 : -0.8) * half_ + q.y * 0.06, q.z * 0.9);
      vPart = 1.0;
    }
    vLocal = vec3(local.y, local.x, local.z);
    local *= cone ? vec3(grow) : vec3(min(grow, 2.0), 1.0, grow);
    vec3 relative = foot + ahead * local.x + left * local.y + vec3(0.0, 0.0, local.z);
    vec3 n = NORMALS[j / 6];
    vNormal = ahead * n.x + left * n.y + vec3(0.0, 0.0, n.z);
    vRelative = relative;
    gl_Position = clipPulled(viewOf(relative), 1.6, 0.0034);
  } else {
    if (cone || (k >= 96 && distance > 220.0)) return; // far away one lamp a lane will do
    int lamp = (k - 90) / 6, c = (k - 90) - lamp * 6;
    vec2 q = vec2(c == 1 || c == 2 || c == 4 ? 1.0 : -1.0, c == 2 || c == 4 || c == 5 ? 1.0 : -1.0);
    vec3 at = foot + left * (distance > 220.0 ? 0.0 : lamp == 0 ? 0.8 : -0.8) * half_ + vec3(0.0, 0.0, 1.26 * grow);
    float size = 0.13 + distance * uPixel * mix(1.3, 2.2, uNight);
    vec4 view = viewOf(at);
    view.xy += q * size;
    vRelative = at; vPart = 3.0; vCorner = q;
    vPhase += float(lamp) * 0.25;
    gl_Position = clipPulled(view, 2.0, 0.0040);
  }
}`

export const closureFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
in vec3 vNormal;
in vec3 vRelative;
in vec3 vLocal;
flat in float vPart;
flat in float vPhase;
in vec2 vCorner;
out vec4 outColour;
void main() {
  if (vPart > 2.5) {
    float r = length(vCorner);
    if (r > 1.0) discard;
    float on = 0.25 + 0.75 * step(0.45, fract(uTime * 0.9 + vPhase));
    vec3 lamp = vec3(1.0, 0.42, 0.04) * on * (1.5 * smoothstep(1.0, 0.3, r) + 0.3) + vec3(1.0, 0.8, 0.5) * on * smoothstep(0.45, 0.0, r);
    outColour = vec4(toneMapped(mist(lamp / max(uExposure, 0.5), vRelative)), 1.0);
    return;
  }
  vec3 red = srgb(0.80, 0.07, 0.06), white = srgb(0.95, 0.95, 0.93), orange = srgb(0.95, 0.34, 0.05);
  vec3 albedo = srgb(0.62, 0.63, 0.64);
  if (vPart < 0.5) {
    float across = vLocal.x + vLocal.z * 0.8, w = fwidth(across);
    albedo = mix(white, red, stripes(across / 0.9, w / 0.9, 0.0, 0.5));
    albedo = mix(albedo, white, band(vLocal.z, fwidth(vLocal.z), 0.68, 0.77) * 0.9);
  } else if (vPart > 1.5) albedo = mix(orange, white, band(vLocal.z, fwidth(vLocal.z), 0.30, 0.48));
  vec3 n = normalize(vNormal);
  vec3 colour = albedo * lightOn(n, sunlight(vRelative, n));
  // Reflective foil answers the lamps of the street and of those who come near.
  colour += albedo * vec3(1.0, 0.86, 0.68) * uLampsOn * (vPart < 0.5 || vPart > 1.5 ? 0.75 : 0.2);
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`
