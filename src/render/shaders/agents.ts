import { boxFaces, commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

/**
 * Where a vehicle is, in the vertex shader: state textures of the previous and the current snapshot, one texture of
 * path headers and one of path points. Nothing about a vehicle is computed in JavaScript.
 */
const pose = /* glsl */ `
uniform usampler2D uPathNow;
uniform usampler2D uStateNow;
uniform usampler2D uPathBefore;
uniform usampler2D uStateBefore;
uniform sampler2D uHeaders;
uniform sampler2D uPoints;
uniform vec3 uOrigin;      // origin of the path points relative to the camera
uniform float uBlend;      // 0 previous snapshot .. 1 current
uniform float uNearLimit;  // m: closer are models
uniform float uMiddleLimit;// m: closer are boxes, farther are points
uniform int uColourMode;   // 0 class, 1 speed

struct Pose { vec3 relative; vec3 heading; float distance; float speed; int kind; uint bits; uint slot; bool shown; };

vec4 texelAt(sampler2D map, int i) { return texelFetch(map, ivec2(i & 2047, i >> 11), 0); }

void placeOn(uint path, float share, float back, out vec3 front, out vec3 heading, out float hidden) {
  vec4 header = texelAt(uHeaders, int(path) * 2);
  float t = share * header.y;
  float i = min(floor(t), header.y - 1.0);
  int first = int(header.x + 0.5);
  vec3 a = texelAt(uPoints, first + int(i)).xyz, b = texelAt(uPoints, first + int(i) + 1).xyz;
  front = mix(a, b, t - i);
  heading = b - a;
  float tb = t - back / max(header.z, 0.1) * header.y;
  if (i > 0.0 && tb < i) {
    float j = max(floor(tb), 0.0);
    vec3 c = texelAt(uPoints, first + int(j)).xyz, d = texelAt(uPoints, first + int(j) + 1).xyz;
    heading = front - mix(c, d, clamp(tb - j, 0.0, 1.0));
  }
  heading = normalize(heading + vec3(1e-6, 0.0, 0.0));
  hidden = header.w;
}

const float LENGTHS[6] = float[6](4.6, 4.6, 11.6, 8.6, 1.8, 5.6);
const float WIDTHS[6] = float[6](1.85, 1.85, 2.5, 2.4, 0.7, 2.0);
const float HEIGHTS[6] = float[6](1.48, 1.58, 3.15, 3.2, 1.6, 2.5);

Pose poseOf(int slot) {
  Pose pose;
  ivec2 at = ivec2(slot & 1023, slot >> 10);
  uint path = texelFetch(uPathNow, at, 0).r;
  pose.shown = path != 0xffffffffu;
  pose.slot = uint(slot);
  if (!pose.shown) return pose;
  uint state = texelFetch(uStateNow, at, 0).r;
  uint pathBefore = texelFetch(uPathBefore, at, 0).r;
  uint stateBefore = texelFetch(uStateBefore, at, 0).r;
  pose.kind = min(int((state >> 24) & 7u), 5);
  float lengthOf = LENGTHS[pose.kind];
  float share = float(state & 0xffffu) / 65535.0, speed = float((state >> 16) & 255u) * 0.25;
  vec3 front, heading; float hidden;
  if (pathBefore == path) {
    share = mix(float(stateBefore & 0xffffu) / 65535.0, share, uBlend);
    placeOn(path, share, lengthOf * 0.7, front, heading, hidden);
  } else {
    placeOn(path, share, lengthOf * 0.7, front, heading, hidden);
    if (pathBefore != 0xffffffffu) {
      vec3 frontBefore, headingBefore; float hiddenBefore;
      placeOn(pathBefore, float(stateBefore & 0xffffu) / 65535.0, lengthOf * 0.7, frontBefore, headingBefore, hiddenBefore);
      vec3 way = front - frontBefore;
      float far = length(way);
      if (far < 120.0) {
        heading = normalize(mix(headingBefore, heading, uBlend) + (far > 1.0 ? way / far * 0.6 : vec3(0.0)));
        front = mix(frontBefore, front, uBlend);
      }
    }
  }
  pose.shown = hidden < 0.5;
  pose.heading = heading;
  pose.relative = relativeFrom(front - heading * (lengthOf * 0.5), uOrigin);
  pose.distance = length(pose.relative);
  pose.speed = speed;
  pose.bits = state;
  return pose;
}

float slotHash(uint n) { n = n * 747796405u + 2891336453u; n = ((n >> ((n >> 28) + 4u)) ^ n) * 277803737u; return float((n >> 22) ^ n & 0xffffu) / 65535.0; }
float slotRandom(uint slot, uint salt) { uint n = slot * 2654435761u + salt * 40503u; n ^= n >> 15; n *= 2246822519u; n ^= n >> 13; return float(n & 0xffffu) / 65535.0; }

vec3 paintOf(Pose pose) {
  if (uColourMode == 1) {
    float v = clamp(pose.speed / 16.0, 0.0, 1.0);
    vec3 slow = vec3(0.84, 0.15, 0.16), middle = vec3(0.97, 0.78, 0.25), fast = vec3(0.16, 0.55, 0.78);
    return pow(v < 0.5 ? mix(slow, middle, v * 2.0) : mix(middle, fast, v * 2.0 - 1.0), vec3(2.2));
  }
  float r = slotRandom(pose.slot, 1u);
  if (pose.kind == 1) return pow(vec3(0.09, 0.36, 0.74), vec3(2.2));
  if (pose.kind == 2) return pow(r < 0.5 ? vec3(0.18, 0.60, 0.42) : r < 0.75 ? vec3(0.20, 0.48, 0.78) : vec3(0.86, 0.88, 0.86), vec3(2.2));
  if (pose.kind == 3) return pow(r < 0.45 ? vec3(0.88) : r < 0.7 ? vec3(0.22, 0.38, 0.62) : r < 0.85 ? vec3(0.75, 0.36, 0.16) : vec3(0.45, 0.47, 0.48), vec3(2.2));
  if (pose.kind == 4) return pow(r < 0.4 ? vec3(0.16, 0.17, 0.19) : r < 0.65 ? vec3(0.95, 0.78, 0.16) : r < 0.85 ? vec3(0.22, 0.48, 0.78) : vec3(0.80, 0.16, 0.16), vec3(2.2));
  if (pose.kind == 5) return pow(vec3(0.94, 0.94, 0.93), vec3(2.2));
  vec3 c = r < 0.36 ? vec3(0.92, 0.92, 0.91) : r < 0.52 ? vec3(0.09, 0.09, 0.10) : r < 0.66 ? vec3(0.66, 0.68, 0.70) : r < 0.76 ? vec3(0.36, 0.38, 0.40)
    : r < 0.83 ? vec3(0.55, 0.09, 0.09) : r < 0.90 ? vec3(0.13, 0.23, 0.42) : r < 0.94 ? vec3(0.42, 0.32, 0.22) : r < 0.97 ? vec3(0.72, 0.62, 0.36) : vec3(0.20, 0.42, 0.36);
  return pow(c, vec3(2.2));
}
`

/** Far away: one quad each of at least 2.4 pixels, by day in its colour, by night as the light that one sees of it. */
export const farVertex = commonUniforms + placement + vertexHelpers + pose + /* glsl */ `
uniform float uFarPixels;
flat out vec4 vColour;
out vec2 vCorner;
out vec3 vRelative;
flat out float vSlot;
void main() {
  int slot = gl_VertexID / 6, corner = gl_VertexID - slot * 6;
  Pose pose = poseOf(slot);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vColour = vec4(0.0); vCorner = vec2(0.0); vRelative = vec3(1.0); vSlot = -1.0;
  if (!pose.shown || pose.distance < uMiddleLimit) return;
  vec2 q = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
  vec4 view = viewOf(pose.relative + vec3(0.0, 0.0, 0.8));
  if (view.z > -1.0) return;
  float pixel = -view.z * uPixel;
  float farPixels = uFarPixels * mix(1.0, 0.5, smoothstep(3000.0, 16000.0, pose.distance));
  vec3 headingView = pose.heading * uViewToWorld;
  vec3 along = headingView * max(LENGTHS[pose.kind] * 0.5, farPixels * 0.65 * pixel);
  float seen = length(along.xy), least = farPixels * 0.5 * pixel;
  if (seen < least) along *= min(4.0, least / max(seen, 1e-3));
  vec2 sideways = normalize(vec2(-along.y, along.x) + vec2(0.0, 1e-5)) * max(WIDTHS[pose.kind] * 0.55, farPixels * 0.5 * pixel);
  view.xyz += along * q.x;
  view.xy += sideways * q.y;
  vec3 toEye = -normalize(pose.relative);
  float facing = dot(pose.heading, toEye);
  vec3 day = paintOf(pose);
  day = uColourMode == 1 ? day : mix(day, vec3(0.9), pose.kind == 0 ? 0.25 : 0.1);
  day *= uAmbientSky + uAmbientGround * 0.4 + uSunColour * (0.25 + 0.6 * max(uSunDirection.z, 0.0));
  bool braking = (pose.bits & 0x8000000u) != 0u;
  vec3 head = vec3(1.0, 0.90, 0.70), tail = vec3(1.0, 0.07, 0.035) * (braking ? 1.25 : 0.85);
  vec3 lights = mix(tail, head, smoothstep(-0.12, 0.12, facing)) * (0.75 + 0.35 * abs(facing));
  if (uColourMode == 1) lights = paintOf(pose) * 1.2;
  vColour = vec4(mix(day, lights, uLampsOn * 0.96), mix(1.0, 0.22, smoothstep(5000.0, 32000.0, pose.distance)));
  vCorner = q;
  vRelative = pose.relative;
  vSlot = float(slot);
  gl_Position = clipPulled(view, 2.2, 0.004);
}`

export const farFragment = commonUniforms + commonFragment + /* glsl */ `
flat in vec4 vColour;
in vec2 vCorner;
in vec3 vRelative;
out vec4 outColour;
void main() { outColour = vec4(toneMapped(mist(vColour.rgb, vRelative)), vColour.a); }`

/** At middle distance: a tapered box by vertex pulling, five faces, thirty corners. */
export const boxVertex = commonUniforms + placement + vertexHelpers + boxFaces + pose + /* glsl */ `
uniform usampler2D uList;
flat out vec3 vPaint;
flat out float vKind;
out vec3 vNormal;
out vec3 vRelative;
out vec3 vLocal;
flat out float vBraking;
flat out float vSlot;
void main() {
  int item = gl_VertexID / 30, k = gl_VertexID - item * 30;
  int slot = int(texelFetch(uList, ivec2(item & 1023, item >> 10), 0).r);
  Pose pose = poseOf(slot);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vPaint = vec3(0.0); vNormal = vec3(0.0, 0.0, 1.0); vRelative = vec3(1.0); vLocal = vec3(0.0); vKind = 0.0; vBraking = 0.0; vSlot = float(slot);
  if (!pose.shown || pose.distance >= uMiddleLimit || pose.distance < uNearLimit) return;
  int corner = CORNERS[k];
  vec3 q = vec3(corner == 1 || corner == 2 || corner == 5 || corner == 6 ? 1.0 : -1.0, (corner & 3) > 1 ? 1.0 : -1.0, corner > 3 ? 1.0 : 0.0);
  float grow = max(1.0, pose.distance * uPixel * 1.6 / WIDTHS[pose.kind]);
  vec3 size = vec3(LENGTHS[pose.kind] * 0.5, WIDTHS[pose.kind] * 0.5, HEIGHTS[pose.kind]) * grow;
  float taper = q.z > 0.5 && pose.kind < 2 ? 0.62 : 1.0;
  vec3 forward = pose.heading, right = normalize(vec3(forward.y, -forward.x, 0.0)), up = cross(right, forward);
  vec3 local = vec3(q.x * size.x * taper - (taper < 1.0 ? 0.25 : 0.0), q.y * size.y * (taper < 1.0 ? 0.86 : 1.0), q.z * size.z);
  vec3 relative = pose.relative + forward * local.x - right * local.y + up * (local.z + 0.12);
  vec3 n = NORMALS[k / 6];
  vNormal = normalize(forward * n.x - right * n.y + up * (n.z + (pose.kind < 2 ? 0.35 : 0.0)));
  vPaint = paintOf(pose);
  vKind = float(pose.kind);
  vLocal = vec3(q.x, q.y, q.z);
  vBraking = (pose.bits & 0x8000000u) != 0u ? 1.0 : 0.0;
  vRelative = relative;
  gl_Position = clipPulled(viewOf(relative), 1.5, 0.0032);
}`

export const boxFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
flat in vec3 vPaint;
flat in float vKind;
in vec3 vNormal;
in vec3 vRelative;
in vec3 vLocal;
flat in float vBraking;
out vec4 outColour;
void main() {
  vec3 albedo = vPaint;
  bool car = vKind < 1.5;
  if (car && vLocal.z > 0.48 && vLocal.z < 0.97) albedo = vec3(0.03, 0.04, 0.05);
  if (vKind > 0.5 && vKind < 1.5 && vLocal.z > 0.97) albedo = vec3(0.82);
  if (vKind > 1.5 && vKind < 2.5 && vLocal.z > 0.45 && vLocal.z < 0.82) albedo = vec3(0.04, 0.05, 0.06);
  vec3 n = normalize(vNormal);
  vec3 colour = albedo * lightOn(n, sunlight(vRelative, n));
  vec3 r = reflect(normalize(vRelative), n);
  colour += skyColour(normalize(vec3(r.xy, abs(r.z) + 0.02))) * 0.10 * (1.0 - uNight);
  float low = step(vLocal.z, 0.45) * step(0.12, vLocal.z);
  float head = low * step(0.985, vLocal.x) * step(0.45, abs(vLocal.y)), tail = low * step(vLocal.x, -0.985) * step(0.4, abs(vLocal.y));
  colour += uLampsOn * head * vec3(1.0, 0.92, 0.75) * 1.6 + tail * vec3(1.0, 0.05, 0.03) * (uLampsOn * 0.7 + vBraking * 0.9);
  colour += albedo * vec3(1.0, 0.68, 0.4) * 0.35 * uLampsOn;
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`

/** Close by: a model each, one instance a vehicle. `part` says what a face is made of. */
export const modelVertex = commonUniforms + placement + vertexHelpers + pose + /* glsl */ `
in vec3 position;
in vec3 normal;
in float part;
in float slot;
flat out vec3 vPaint;
flat out float vPart;
flat out uint vBits;
flat out float vSlot;
out vec3 vNormal;
out vec3 vRelative;
void main() {
  Pose pose = poseOf(int(slot + 0.5));
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vPaint = vec3(0.0); vPart = 0.0; vBits = 0u; vSlot = slot; vNormal = vec3(0.0, 0.0, 1.0); vRelative = vec3(1.0);
  if (!pose.shown || pose.distance >= uNearLimit) return;
  vec3 forward = pose.heading, right = normalize(vec3(forward.y, -forward.x, 0.0)), up = cross(right, forward);
  vec3 relative = pose.relative + forward * position.x - right * position.y + up * (position.z + 0.04);
  vNormal = forward * normal.x - right * normal.y + up * normal.z;
  vPaint = paintOf(pose);
  vPart = part;
  vBits = pose.bits;
  vRelative = relative;
  gl_Position = clipPulled(viewOf(relative), 1.5, 0.0032);
}`

export const modelFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
flat in vec3 vPaint;
flat in float vPart;
flat in uint vBits;
in vec3 vNormal;
in vec3 vRelative;
out vec4 outColour;
void main() {
  int part = int(vPart + 0.5); // 0 paint, 1 glass, 2 tyre and trim, 3 head light, 4 tail light, 5 white, 6 sign, 7 shade below, 8 left, 9 right indicator
  vec3 n = normalize(vNormal);
  vec3 toEye = -normalize(vRelative);
  vec3 albedo = part == 0 ? vPaint : part == 1 ? vec3(0.02, 0.025, 0.03) : part == 2 ? vec3(0.025) : part == 3 ? vec3(0.7) : part == 4 ? vec3(0.35, 0.02, 0.02)
    : part == 5 ? vec3(0.80) : part == 6 ? vec3(0.75, 0.55, 0.12) : part >= 8 ? vec3(0.6, 0.3, 0.05) : vec3(0.01);
  vec3 colour = albedo * lightOn(n, sunlight(vRelative, n));
  vec3 r = reflect(-toEye, n);
  float fresnel = 0.05 + 0.6 * pow(1.0 - max(dot(n, toEye), 0.0), 4.0);
  float gloss = part == 1 ? 1.3 : part == 0 || part == 5 ? 0.7 : 0.1;
  colour += skyColour(normalize(vec3(r.xy, abs(r.z) + 0.02))) * fresnel * gloss;
  colour += uSunColour * pow(max(dot(r, uSunDirection), 0.0), 60.0) * 0.6 * gloss;
  colour += albedo * vec3(1.0, 0.68, 0.4) * 0.35 * uLampsOn;
  bool braking = (vBits & 0x8000000u) != 0u;
  float blink = step(0.5, fract(uTime * 1.4));
  if (part == 3) colour += uLampsOn * vec3(1.0, 0.93, 0.78) * 2.2;
  if (part == 4) colour += vec3(1.0, 0.05, 0.03) * (uLampsOn * 0.6 + (braking ? 1.3 : 0.0));
  if (part == 6) colour += vec3(1.0, 0.72, 0.25) * uLampsOn * 0.9;
  if (part == 8 && (vBits & 0x10000000u) != 0u) colour += vec3(1.0, 0.5, 0.05) * 1.5 * blink;
  if (part == 9 && (vBits & 0x20000000u) != 0u) colour += vec3(1.0, 0.5, 0.05) * 1.5 * blink;
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`

/** At night, added to the picture: a beam on the road, a glare in front and one behind, for each listed vehicle. */
export const lightVertex = commonUniforms + placement + vertexHelpers + pose + /* glsl */ `
uniform usampler2D uList;
out vec2 vCorner;
out vec3 vRelative;
flat out vec4 vColour;
flat out int vShape;
void main() {
  int item = gl_VertexID / 18, k = gl_VertexID - item * 18, shape = k / 6, corner = k - shape * 6;
  int slot = int(texelFetch(uList, ivec2(item & 1023, item >> 10), 0).r);
  Pose pose = poseOf(slot);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vCorner = vec2(0.0); vRelative = vec3(1.0); vColour = vec4(0.0); vShape = shape;
  if (!pose.shown || pose.distance >= uMiddleLimit) return;
  vec2 q = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
  vec3 forward = pose.heading, right = normalize(vec3(forward.y, -forward.x, 0.0));
  float half_ = LENGTHS[pose.kind] * 0.5;
  bool braking = (pose.bits & 0x8000000u) != 0u;
  vec3 toEye = -normalize(pose.relative);
  float facing = dot(forward, toEye);
  if (shape == 0) {
    if (pose.distance > 700.0) return;
    vec3 at = pose.relative + forward * (half_ + 8.0 + q.x * 8.5) + right * q.y * (3.0 + q.x * 1.6) + vec3(0.0, 0.0, 0.05);
    vColour = vec4(vec3(1.0, 0.86, 0.62) * 0.30 * smoothstep(700.0, 400.0, pose.distance), 1.0);
    vRelative = at;
    gl_Position = clipPulled(viewOf(at), 1.4, 0.0028);
  } else {
    bool front = shape == 1;
    float strength = front ? smoothstep(-0.1, 0.8, facing) : smoothstep(-0.1, 0.8, -facing);
    if (strength <= 0.0) return;
    vec3 at = pose.relative + forward * (front ? half_ : -half_) + vec3(0.0, 0.0, 0.7);
    vec4 view = viewOf(at);
    float size = (front ? 1.3 : braking ? 1.15 : 0.85) + pose.distance * uPixel * 2.2;
    view.xy += q * vec2(size * 1.5, size);
    vColour = vec4((front ? vec3(1.0, 0.88, 0.66) * 0.75 : vec3(1.0, 0.06, 0.03) * (braking ? 0.85 : 0.42)) * strength, 1.0);
    vRelative = at;
    gl_Position = clipPulled(view, 2.4, 0.006);
  }
  vCorner = q;
}`

export const lightFragment = commonUniforms + commonFragment + /* glsl */ `
in vec2 vCorner;
in vec3 vRelative;
flat in vec4 vColour;
flat in int vShape;
out vec4 outColour;
void main() {
  float glow;
  if (vShape == 0) { float a = vCorner.x * 0.5 + 0.5; glow = smoothstep(1.0, 0.0, abs(vCorner.y)) * smoothstep(0.0, 0.12, a) * pow(1.0 - a, 1.3); }
  else { float r = length(vCorner); glow = pow(max(1.0 - r, 0.0), 2.6) + 0.8 * smoothstep(0.22, 0.0, r); }
  outColour = vec4(vColour.rgb * glow * uLampsOn * (1.0 - fogAmount(vRelative)), 1.0);
}`
