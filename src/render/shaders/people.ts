import { squareLamps, throughGround } from './areas'
import { areaGround, commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

/**
 * Where a person is and how the body moves, in the vertex shader: one texel of four words a person, of the previous
 * and of the current snapshot (sim/snapshot.ts). Bits 21 to 30 of the last word are the page's own: the
 * place in the stride, in 1/1024 of two steps.
 */
const person = areaGround + throughGround + /* glsl */ `
uniform usampler2D uNow;
uniform usampler2D uBefore;
uniform float uBlend;       // 0 previous snapshot .. 1 current
uniform float uNearLimit;   // m: closer are articulated figures
uniform float uMiddleLimit; // m: closer are simple figures, farther are points
uniform vec2 uFloors;       // m above the sea: only who stands between is drawn

struct Person { vec3 relative; vec2 heading; float distance; float speed; float phase; uint slot; bool standing; bool shown; };

/** Metres of two steps: a step of 0.24 m + 0.30 s x speed; walkers lengthen steps and quicken them about alike. */
float strideOf(float speed) { return 0.48 + 0.60 * speed; }

/** Floors are level, the ground is not: who stands on an open floor is drawn on the ground, and stairs even it out. */
float liftAt(vec3 place) { return areaGround(place.xy).r * clamp(1.0 - abs(place.z - uLiftBounds.w) / 5.0, 0.0, 1.0); }

Person personOf(int slot) {
  Person person;
  ivec2 at = ivec2(slot & 1023, slot >> 10);
  uvec4 now = texelFetch(uNow, at, 0);
  person.slot = uint(slot);
  person.shown = (now.w & 0x80000000u) != 0u;
  if (!person.shown) return person;
  vec3 place = uintBitsToFloat(now.xyz);
  float angle = float(now.w & 255u) * 0.02454369, speed = float((now.w >> 8) & 255u) * 0.02;
  person.phase = float((now.w >> 21) & 1023u) / 1024.0;
  uvec4 before = texelFetch(uBefore, at, 0);
  if ((before.w & 0x80000000u) != 0u) {
    vec3 from = uintBitsToFloat(before.xyz);
    float way = length(place.xy - from.xy);
    if (way < 30.0) {
      person.phase = float((before.w >> 21) & 1023u) / 1024.0 + way / strideOf(speed) * uBlend;
      place = mix(from, place, uBlend);
      float angleBefore = float(before.w & 255u) * 0.02454369;
      float turn = mod(angle - angleBefore + 9.42477796, 6.28318531) - 3.14159265;
      angle = angleBefore + turn * uBlend;
      speed = mix(float((before.w >> 8) & 255u) * 0.02, speed, uBlend);
    }
  }
  person.shown = place.z >= uFloors.x && place.z < uFloors.y;
  place.z += liftAt(place);
  person.relative = relativeOf(place);
  person.distance = length(person.relative);
  person.heading = vec2(cos(angle), sin(angle));
  person.speed = speed;
  person.standing = (now.w & 0x100000u) != 0u;
  return person;
}

float slotRandom(uint slot, uint salt) { uint n = slot * 2654435761u + salt * 40503u; n ^= n >> 15; n *= 2246822519u; n ^= n >> 13; n *= 3266489917u; n ^= n >> 16; return float(n & 0xffffu) / 65535.0; }

/** What somebody looks like, drawn by slot: 6 % children, 10 % old. */
struct Looks { float height; float width; bool woman; bool child; bool dress; bool bare; bool pack; bool longHair; vec3 shirt; vec3 trousers; vec3 skin; vec3 hair; vec3 shoes; };

/** Linear light of a cloth's colour, paled a little: dyes in the sun are never pure. */
vec3 linear(vec3 colour) { return pow(mix(colour, vec3(dot(colour, vec3(0.3, 0.59, 0.11))), 0.22), vec3(2.2)); }

vec3 shirtColour(float r) {
  return r < 0.17 ? vec3(0.90, 0.90, 0.88) : r < 0.31 ? vec3(0.11, 0.11, 0.13) : r < 0.40 ? vec3(0.52, 0.55, 0.58) : r < 0.50 ? vec3(0.17, 0.25, 0.42)
    : r < 0.58 ? vec3(0.55, 0.70, 0.84) : r < 0.65 ? vec3(0.78, 0.25, 0.24) : r < 0.71 ? vec3(0.88, 0.70, 0.32) : r < 0.77 ? vec3(0.86, 0.62, 0.64)
    : r < 0.83 ? vec3(0.36, 0.50, 0.38) : r < 0.88 ? vec3(0.76, 0.69, 0.58) : r < 0.92 ? vec3(0.47, 0.36, 0.56) : r < 0.96 ? vec3(0.20, 0.52, 0.54) : vec3(0.88, 0.47, 0.22);
}

Looks looksOf(Person person) {
  Looks l;
  uint s = person.slot;
  float kind = slotRandom(s, 1u);
  l.child = kind < 0.06;
  bool old = kind > 0.90;
  l.woman = slotRandom(s, 2u) < 0.5;
  float tall = slotRandom(s, 3u) + slotRandom(s, 4u) - 1.0;
  // 1.697 m and 1.580 m: Chinese residents of 18 to 44, national report on nutrition and chronic diseases, 2020.
  l.height = ((l.woman ? 1.58 : 1.70) + tall * 0.14 - (old ? 0.05 : 0.0)) / 1.75;
  if (l.child) l.height = mix(0.58, 0.80, slotRandom(s, 5u));
  l.width = (l.woman ? 0.90 : 1.0) * mix(0.92, 1.16, slotRandom(s, 6u) * slotRandom(s, 7u)) * (l.child ? 0.84 : 1.0);
  float clothes = slotRandom(s, 8u);
  l.shirt = shirtColour(clothes) * mix(0.85, 1.08, slotRandom(s, 9u));
  float lower = slotRandom(s, 10u);
  l.trousers = lower < 0.34 ? vec3(0.13, 0.14, 0.17) : lower < 0.62 ? vec3(0.22, 0.30, 0.42) : lower < 0.76 ? vec3(0.42, 0.48, 0.57) : lower < 0.88 ? vec3(0.66, 0.58, 0.46) : vec3(0.84, 0.83, 0.80);
  l.dress = l.woman && !old && slotRandom(s, 11u) < 0.32;
  if (l.dress && slotRandom(s, 12u) < 0.55) l.trousers = l.shirt;
  l.bare = l.dress || l.child || slotRandom(s, 13u) < 0.34; // legs below the knee
  l.pack = !l.dress && !old && slotRandom(s, 14u) < (l.child ? 0.5 : 0.24);
  l.longHair = l.woman && slotRandom(s, 15u) < 0.68;
  float tone = slotRandom(s, 16u);
  l.skin = mix(vec3(0.90, 0.71, 0.58), vec3(0.70, 0.50, 0.38), tone * tone);
  l.hair = old ? mix(vec3(0.35), vec3(0.72), slotRandom(s, 17u)) : mix(vec3(0.06, 0.05, 0.05), vec3(0.26, 0.16, 0.10), slotRandom(s, 17u) * slotRandom(s, 18u));
  l.shoes = slotRandom(s, 19u) < 0.5 ? vec3(0.88) : vec3(0.12);
  return l;
}
`

/**
 * A figure of joints, one instance a person. The gait is a pendulum: hips swing by the length of a step, knees bend
 * while their leg is carried forward, arms swing against the legs, and the body rises so far that the lower foot
 * stands on the ground.
 */
export const figureVertex = commonUniforms + placement + vertexHelpers + person + /* glsl */ `
uniform usampler2D uList;
uniform int uDetailed;
in vec3 position;
in vec3 normal;
in float bone; // 0 trunk, 1 2 thighs, 3 4 shins, 5 6 upper arms, 7 8 forearms (odd = left), 9 head
in float part; // 0 skin, 1 hair, 2 shirt, 3 trousers, 4 shoes, 5 bag, 6 long hair, 7 skirt, 8 shin, 9 phone
flat out vec3 vAlbedo;
flat out float vGlow;
flat out float vSlot;
out vec3 vNormal;
out vec3 vRelative;
out float vHeight; // m above the feet, before the body is scaled

void swing(inout vec3 p, inout vec3 n, float x, float z, float angle) {
  float c = cos(angle), s = sin(angle), dx = p.x - x, dz = p.z - z;
  p.xz = vec2(x + dx * c - dz * s, z + dx * s + dz * c);
  n.xz = vec2(n.x * c - n.z * s, n.x * s + n.z * c);
}
float hipAt(float wave, float reach) { return reach * sin(wave) + 0.03; }
float kneeAt(float wave, float reach) { float lift = max(0.0, cos(wave + 0.25)); return -(0.06 + reach * 2.1 * lift * lift); }
float footAt(float wave, float reach) { float hip = hipAt(wave, reach), knee = kneeAt(wave, reach); return 0.92 - 0.42 * cos(hip) - 0.50 * cos(hip + knee); }

void main() {
  int slot = int(texelFetch(uList, ivec2(gl_InstanceID & 1023, gl_InstanceID >> 10), 0).r);
  Person person = personOf(slot);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vAlbedo = vec3(0.0); vGlow = 0.0; vNormal = vec3(0.0, 0.0, 1.0); vRelative = vec3(1.0); vSlot = float(slot); vHeight = 0.0;
  if (!person.shown || (uDetailed == 1 ? person.distance >= uNearLimit : person.distance < uNearLimit || person.distance >= uMiddleLimit)) return;
  Looks looks = looksOf(person);
  int joint = int(bone + 0.5), what = int(part + 0.5);
  bool idle = person.speed < 0.25;
  float habit = slotRandom(person.slot, 20u);
  bool films = idle && person.standing && habit < 0.14, reads = !films && habit < (idle ? 0.42 : 0.10);
  if ((what == 3 && joint == 0 && looks.dress) || (what == 5 && !looks.pack) || (what == 6 && !looks.longHair) || (what == 7 && !looks.dress) || (what == 9 && !(films || reads))) return;
  float reach = 0.40 * smoothstep(0.05, 1.5, person.speed);
  float wave = person.phase * 6.28318531 + slotRandom(person.slot, 21u) * 6.28318531;
  bool left = (joint & 1) == 1;
  float mine = left ? wave : wave + 3.14159265;
  vec3 p = position, n = normal;
  float sway = idle ? 0.02 * sin(uTime * 0.7 + habit * 60.0) : 0.0;
  if (joint == 3 || joint == 4) swing(p, n, 0.0, 0.50, kneeAt(mine, reach));
  if (joint >= 1 && joint <= 4) swing(p, n, 0.0, 0.92, hipAt(mine, reach));
  if (joint >= 5 && joint <= 8) {
    float shoulder = -reach * 0.85 * sin(mine) + 0.02, elbow = 0.18 + reach * 0.5 * (1.0 - sin(mine));
    if (films) { shoulder = left ? 1.35 : 1.50; elbow = 0.95; }
    else if (reads && !left) { shoulder = 0.42; elbow = 1.55; }
    if (joint >= 7) swing(p, n, 0.0, 1.13, elbow);
    swing(p, n, 0.0, 1.42, shoulder);
    if (films) p.y *= 0.72;
  }
  if (what == 7) p.x *= 1.0 + reach * 1.1 * smoothstep(0.95, 0.55, position.z);
  if (joint == 9) {
    if (reads) swing(p, n, 0.0, 1.52, -0.28);
    float grown = looks.child ? 1.34 : 1.0;
    p = vec3(p.xy * grown, 1.50 + (p.z - 1.50) * grown);
  }
  if (joint == 0 || joint >= 5) swing(p, n, 0.0, 0.95, -0.03 - 0.05 * reach - sway);
  if (joint == 0) p.xy *= what == 2 || what == 7 ? looks.width : mix(looks.width, 1.0, 0.3);
  if (joint >= 1 && joint <= 8) p.y *= looks.width;
  p.z -= min(footAt(wave, reach), footAt(wave + 3.14159265, reach));
  p *= looks.height;
  float far = smoothstep(60.0, 220.0, person.distance);
  p.xy *= 1.0 + far * 0.25; // what covers less than a pixel still has to be seen
  float look = idle ? 0.25 * sin(uTime * 0.23 + habit * 90.0) * (joint == 9 ? 1.0 : 0.3) : 0.0;
  vec2 heading = vec2(person.heading.x * cos(look) - person.heading.y * sin(look), person.heading.x * sin(look) + person.heading.y * cos(look));
  vec3 ahead = vec3(heading, 0.0), aside = vec3(-heading.y, heading.x, 0.0);
  vec3 relative = person.relative + ahead * p.x + aside * p.y + vec3(0.0, 0.0, p.z);
  vNormal = ahead * n.x + aside * n.y + vec3(0.0, 0.0, n.z);
  vec3 paint = what == 0 ? looks.skin : what == 1 || what == 6 ? looks.hair : what == 2 ? looks.shirt : what == 3 || what == 7 ? (what == 3 && looks.dress && joint > 0 ? looks.skin : looks.trousers)
    : what == 8 ? (looks.bare ? looks.skin : looks.trousers) : what == 4 ? looks.shoes : what == 5 ? shirtColour(slotRandom(person.slot, 22u)) * 0.6 : vec3(0.05);
  vAlbedo = linear(paint);
  vGlow = what == 9 ? 1.0 : 0.0;
  vRelative = relative;
  vHeight = position.z;
  gl_Position = throughGround(clipPulled(viewOf(relative), 1.6, 0.0034));
}`


export const figureFragment = commonUniforms + commonFragment + shadowFragment + squareLamps + /* glsl */ `
flat in vec3 vAlbedo;
flat in float vGlow;
in vec3 vNormal;
in vec3 vRelative;
in float vHeight;
out vec4 outColour;
void main() {
  vec3 n = normalize(vNormal);
  vec3 toEye = -normalize(vRelative);
  float dim = mix(0.62, 1.0, smoothstep(0.0, 1.25, vHeight)); // others stand around
  vec3 albedo = vAlbedo;
  vec3 colour = albedo * lightOn(n, sunlight(vRelative, n)) * dim;
  float rim = pow(1.0 - max(dot(n, toEye), 0.0), 3.0);
  colour += albedo * uAmbientSky * rim * 0.35;
  colour += albedo * squareLamps(vRelative) * dim * (0.7 + 0.9 * max(n.z * 0.6 + 0.4, 0.0)) * (1.0 + 0.8 * rim);
  colour += vGlow * vec3(0.70, 0.85, 1.0) * uLampsOn * 1.4;
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`

/** Below everybody that is listed: where the body keeps the light off the ground. By day a shadow away from the sun. */
export const peopleShadeVertex = commonUniforms + placement + vertexHelpers + person + /* glsl */ `
uniform usampler2D uList;
out vec2 vCorner;
out vec3 vRelative;
flat out vec2 vShade; // how dark; half the length of the shadow over half its width
void main() {
  int item = gl_VertexID / 6, corner = gl_VertexID - item * 6;
  int slot = int(texelFetch(uList, ivec2(item & 1023, item >> 10), 0).r);
  Person person = personOf(slot);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vCorner = vec2(0.0); vRelative = vec3(1.0); vShade = vec2(0.0, 1.0);
  if (!person.shown || person.distance >= uMiddleLimit) return;
  vec2 q = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
  float day = uThrough > 0.5 ? 0.0 : smoothstep(0.03, 0.12, uSunDirection.z) * (1.0 - uNight);
  float tall = 1.68 * mix(0.62, 1.0, step(0.06, slotRandom(person.slot, 1u)));
  float reach = min(4.2, tall * length(uSunDirection.xy) / max(uSunDirection.z, 0.08)) * day;
  vec2 away = normalize(-uSunDirection.xy + vec2(1e-4));
  float half_ = 0.30 + reach * 0.5;
  vec2 at = away * (reach * 0.5 + q.x * half_) + vec2(-away.y, away.x) * q.y * 0.31;
  vec3 relative = person.relative + vec3(at, 0.03);
  vShade = vec2(mix(0.42, 0.50, day) * smoothstep(uMiddleLimit, uMiddleLimit * 0.7, person.distance), half_ / 0.31);
  vCorner = q;
  vRelative = relative;
  gl_Position = throughGround(clipPulled(viewOf(relative), 1.45, 0.0031));
}`

export const peopleShadeFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
in vec2 vCorner;
in vec3 vRelative;
flat in vec2 vShade;
out vec4 outColour;
void main() {
  // From the feet to the head along x: legs, trunk, head, softer the farther from the feet.
  float x = (vCorner.x + 1.0) * vShade.y - 1.0, length_ = 2.0 * vShade.y - 2.0, t = clamp(x / max(length_, 0.01), 0.0, 1.0);
  float width = length_ < 0.4 ? 0.8 : t < 0.5 ? mix(0.45, 0.62, t * 2.0) : t < 0.84 ? 0.78 : 0.40;
  float across = abs(vCorner.y) / width, beyond = max(0.0, max(-x, x - length_)) / 0.8;
  float r = length(vec2(across, beyond));
  float soft = mix(0.45, 0.75, t);
  float lit = length_ > 0.4 ? mix(0.55, 1.0, sunlight(vRelative, vec3(0.0, 0.0, 1.0))) : 1.0;
  float dark = vShade.x * lit * (1.0 - smoothstep(1.0 - soft, 1.0 + soft * 0.2, r)) * (1.0 - fogAmount(vRelative));
  outColour = vec4(0.0, 0.004, 0.012, dark);
}`

/** Far away: a picture of a person that always faces the eye, drawn by its outline; farther off a grain of its colours. */
export const farPeopleVertex = commonUniforms + placement + vertexHelpers + person + squareLamps + /* glsl */ `
uniform float uFarPixels;
flat out vec3 vShirt;
flat out vec3 vTrousers;
flat out vec3 vTop;
flat out vec4 vShape; // height on the screen of a metre of body, m of half the body's depth, step, alpha
flat out float vSlot;
out vec2 vPlace;      // m across and along the body, as seen
out vec3 vRelative;
void main() {
  int slot = gl_VertexID / 6, corner = gl_VertexID - slot * 6;
  Person person = personOf(slot);
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  vShirt = vTrousers = vTop = vec3(0.0); vShape = vec4(0.0); vPlace = vec2(0.0); vRelative = vec3(1.0); vSlot = -1.0;
  if (!person.shown || person.distance < uMiddleLimit) return;
  vec4 view = viewOf(person.relative);
  if (view.z > -1.0) return;
  Looks looks = looksOf(person);
  vec2 q = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
  vec3 up = vec3(0.0, 0.0, 1.0) * uViewToWorld;
  float upright = length(up.xy), depth = 0.16 * abs(up.z);
  vec2 along = upright > 1e-3 ? up.xy / upright : vec2(0.0, 1.0), aside = vec2(along.y, -along.x);
  float pixel = -view.z * uPixel;
  float tall = 1.78 * looks.height;
  float low = -depth - 0.3 * pixel, high = tall * upright + depth + 0.3 * pixel;
  float grow = max(1.0, uFarPixels * pixel / (high - low));
  float half_ = max(0.29, uFarPixels * 0.36 * pixel);
  vPlace = vec2(q.x * half_, q.y > 0.0 ? high : low);
  view.xy += aside * vPlace.x + along * vPlace.y * grow;
  float facing = dot(vec3(person.heading, 0.0), -normalize(person.relative));
  vec3 toEye = -normalize(person.relative);
  vec3 n = normalize(vec3(toEye.xy, 0.45));
  vec3 light = uSunColour * max(dot(n, uSunDirection), 0.0) * 0.85 + mix(uAmbientGround, uAmbientSky, 0.72);
  vec3 top = uSunColour * max(uSunDirection.z, 0.0) * 0.8 + uAmbientSky;
  vec3 lamps = squareLamps(person.relative) * 1.35;
  vShirt = linear(looks.shirt) * (mix(top, light, upright) + lamps);
  vTrousers = linear(looks.trousers) * (light * 0.75 + lamps * 0.7);
  vTop = linear(mix(looks.hair, looks.skin, smoothstep(-0.2, 0.8, facing) * upright * 0.8)) * (mix(top, light, upright) + lamps);
  float stepping = sin(person.phase * 6.2831853) * smoothstep(0.1, 1.2, person.speed) * 0.16;
  vShape = vec4(tall * upright, depth, stepping, mix(1.0, 0.0, smoothstep(5000.0, 14000.0, person.distance)));
  vRelative = person.relative;
  vSlot = float(slot);
  gl_Position = throughGround(clipPulled(view, 1.7, 0.0040));
}`

export const farPeopleFragment = commonUniforms + commonFragment + /* glsl */ `
flat in vec3 vShirt;
flat in vec3 vTrousers;
flat in vec3 vTop;
flat in vec4 vShape;
in vec2 vPlace;
in vec3 vRelative;
out vec4 outColour;
void main() {
  float w = max(max(fwidth(vPlace.x), fwidth(vPlace.y)), 0.01);
  float tall = vShape.x, depth = vShape.y, across = abs(vPlace.x), y = vPlace.y;
  float head = 1.0 - smoothstep(-0.5, 0.5, (length(vec2(vPlace.x, y - tall * 0.915)) - 0.125) / w);
  float trunk = (1.0 - smoothstep(-0.5, 0.5, (across - 0.235) / w)) * (1.0 - smoothstep(-0.5, 0.5, (abs(y - tall * 0.66) - tall * 0.185 - depth) / w));
  float apart = abs(vShape.z) * clamp(1.0 - y / max(tall * 0.5, 0.01), 0.0, 1.0);
  float legs = (1.0 - smoothstep(-0.5, 0.5, (abs(across - 0.09 - apart * 0.4) - 0.10) / w)) * step(-depth, y) * (1.0 - smoothstep(-0.5, 0.5, (y - tall * 0.5) / w));
  vec3 colour = mix(mix(vTrousers, vShirt, trunk), vTop, head);
  float cover = max(max(head, trunk), legs);
  // A person of a pixel or two: the mean of the colours, covering what of the pixel it covers.
  float grain = smoothstep(0.22, 0.5, w);
  colour = mix(colour, vTrousers * 0.34 + vShirt * 0.46 + vTop * 0.20, grain);
  cover = mix(cover, 0.85, grain) * vShape.w;
  if (cover < 0.04) discard;
  outColour = vec4(toneMapped(mist(colour, vRelative)), cover);
}`
