import { commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

/** How a carriageway is looked up: two texels a link (see linkTexture) and one colour and one flag texel. */
const linkLookup = /* glsl */ `
uniform sampler2D uLinks;
uniform sampler2D uLinkColour;  // rgb, a = how much
uniform sampler2D uLinkFlags;
vec4 linkTexel(float link, int which) { int i = int(link + 0.5) * 2 + which; return texelFetch(uLinks, ivec2(i & 2047, i >> 11), 0); }
vec4 linkColour(float link) { int i = int(link + 0.5); return texelFetch(uLinkColour, ivec2(i & 255, i >> 8), 0); }
// x: bit 0 highlighted, bit 1 closed, bit 2 under the pointer; y: bits of closed lanes, 0 nearest the kerb
ivec2 linkFlags(float link) { int i = int(link + 0.5); return ivec2(texelFetch(uLinkFlags, ivec2(i & 255, i >> 8), 0).xy * 255.0 + 0.5); }
`

export const roadVertex = commonUniforms + placement + vertexHelpers + linkLookup + /* glsl */ `
in vec3 position;
in vec2 side;
in vec2 lane;
in float link;
uniform float uPull;
uniform float uWiden;    // pixels that a road of the first classes keeps when far
out vec3 vRelative;
out vec2 vLane;
out float vThin;
flat out float vLink;
void main() {
  vec4 centre = placed(position);
  float halfWidth = length(side);
  float stretch = 1.0;
  vThin = 1.0;
  // Only what could be thinner than the widest line that is wanted needs a look at its link.
  if (link >= 0.0 && halfWidth > 0.0 && -centre.z * uPixel * 1.6 * max(1.0, uWiden) > halfWidth) {
    float kind = linkTexel(link, 1).y;
    float wanted = uWiden * (kind < 4.5 ? 1.5 : kind < 7.5 ? 1.0 : kind < 9.5 ? 0.7 : 0.4) * 0.5;
    if (linkColour(link).a > 0.0 || linkFlags(link).x != 0) wanted = max(wanted, kind < 7.5 ? 1.3 : 0.8);
    float need = wanted * -centre.z * uPixel;
    stretch = max(1.0, need / halfWidth);
    vThin = 1.0 / stretch;
  }
  vec4 view = placed(position + vec3(side * stretch, 0.0));
  vRelative = uViewToWorld * view.xyz;
  vLane = lane;
  vLink = link;
  gl_Position = clipPulled(view, uPull, 0.0022);
}`

export const roadFragment = commonUniforms + commonFragment + shadowFragment + linkLookup + /* glsl */ `
in vec3 vRelative;
in vec2 vLane;
in float vThin;
flat in float vLink;
uniform float uColourOn;
out vec4 outColour;

/** Painted arrow in a box of 1 x 1 (x to the right, y ahead): bits right 1, straight 2, left 4, U-turn 8. */
float arrow(vec2 q, int marks, float soft) {
  float ink = 0.0;
  float stem = smoothstep(soft, 0.0, abs(q.x - 0.5) - 0.045) * step(0.02, q.y) * step(q.y, 0.70);
  ink = max(ink, stem);
  if ((marks & 2) != 0) ink = max(ink, smoothstep(soft, 0.0, abs(q.x - 0.5) - (0.98 - q.y) * 0.55) * step(0.66, q.y) * step(q.y, 0.98));
  if ((marks & 1) != 0) {
    ink = max(ink, smoothstep(soft, 0.0, abs(q.y - 0.50) - 0.06) * step(0.5, q.x) * step(q.x, 0.76));
    ink = max(ink, smoothstep(soft, 0.0, abs(q.y - 0.50) - (1.0 - q.x) * 0.75) * step(0.74, q.x) * step(q.x, 1.0));
  }
  if ((marks & 4) != 0) {
    ink = max(ink, smoothstep(soft, 0.0, abs(q.y - 0.50) - 0.06) * step(q.x, 0.5) * step(0.24, q.x));
    ink = max(ink, smoothstep(soft, 0.0, abs(q.y - 0.50) - q.x * 0.75) * step(q.x, 0.26) * step(0.0, q.x));
  }
  return ink;
}

void main() {
  vec2 p = vRelative.xy + uCamera.xy;
  float distance = length(vRelative);
  float near = 1.0 / (1.0 + distance * 0.004);
  float grain = noise2(p * 2.3) * 0.5 + noise2(p * 0.31) * 0.5;
  vec3 asphalt = srgb(0.275, 0.28, 0.29) * (0.92 + 0.16 * mix(0.5, grain, near) - 0.06 * noise2(p * 0.03));
  float paint = 0.0, yellow = 0.0;
  float lamp = 0.0;
  vec3 albedo = asphalt;
  vec4 tint = vec4(0.0);
  int flags = 0;
  bool elevated = false;
  float u = vLane.x, along = vLane.y;
  if (vLink >= 0.0) {
    vec4 a = linkTexel(vLink, 0), b = linkTexel(vLink, 1);
    tint = linkColour(vLink) * uColourOn;
    ivec2 marked = linkFlags(vLink);
    flags = marked.x;
    float width = a.x, lanes = a.y, toEnd = a.z - along;
    int paints = int(a.w + 0.5);
    float wu = fwidth(u), wa = fwidth(along);
    float laneWidth = width / lanes, l = u / laneWidth, wl = wu / laneWidth;
    bool plain = (paints & 32) != 0, fast = (paints & 16) != 0, twoWay = (paints & 8) != 0;
    bool stop = (paints & 1) != 0, zebraEnd = (paints & 2) != 0, zebraStart = (paints & 4) != 0;
    elevated = (paints & 64) != 0;
    int laneIndex = int(clamp(floor(lanes - l), 0.0, 7.0));
    if ((marked.y >> laneIndex & 1) == 0) flags &= ~2;
    bool onLink = along > 0.0 && toEnd > 0.0;
    // Wheel tracks polish the lane.
    float track = stripes(l, wl, 0.18, 0.36) + stripes(l, wl, 0.64, 0.82);
    albedo *= 1.0 - 0.07 * track * near;
    if (onLink) {
      float solid = stop ? smoothstep(32.0, 31.0, toEnd) : 0.0;
      float dash = fast ? stripes(along / 15.0, wa / 15.0, 0.0, 0.4) : stripes(along / 6.0, wa / 6.0, 0.0, 0.34);
      float line = 0.075 / laneWidth;
      float inner = step(0.5, l) * step(l, lanes - 0.5);
      paint = max(paint, stripes(l + 0.5, wl, 0.5 - line, 0.5 + line) * inner * max(dash, solid));
      if (!plain) {
        paint = max(paint, band(u, wu, width - 0.42, width - 0.27));
        if (twoWay) yellow = max(band(u, wu, 0.06, 0.18), fast ? band(u, wu, 0.30, 0.42) : 0.0);
        else yellow = band(u, wu, 0.25, 0.40);
      } else if (twoWay && width > 3.0) yellow = band(u, wu, 0.0, 0.10) * stripes(along / 6.0, wa / 6.0, 0.0, 0.5);
      if (stop) paint = max(paint, band(toEnd, wa, 0.15, 0.55) * band(u, wu, 0.2, width - 0.2));
      // Arrows before the stop line, two rows.
      int all = int(b.x + 0.5);
      if (all != 0 && wa < 1.2) {
        float fromRight = lanes - l;
        int index = int(clamp(floor(fromRight), 0.0, 5.0));
        int marks = (all >> (4 * index)) & 15;
        float across = 1.0 - fract(fromRight);
        for (int k = 0; k < 2; k++) {
          vec2 q = vec2((across - 0.5) * laneWidth / 1.7 + 0.5, 1.0 - (toEnd - (k == 0 ? 6.0 : 30.0)) / 5.5);
          if (marks != 0 && q.y > 0.0 && q.y < 1.0 && q.x > 0.0 && q.x < 1.0) paint = max(paint, arrow(q, marks, 0.03 + wu * 0.6) * (1.0 - smoothstep(0.3, 1.0, wa)));
        }
      }
    } else {
      float into = max(-toEnd, -along);
      bool zebra = toEnd < 0.0 ? zebraEnd : zebraStart;
      if (zebra) paint = max(paint, band(into, wa, 1.0, 4.2) * stripes(u / 0.9, wu / 0.9, 0.25, 0.75) * band(u, wu, 0.0, width));
    }
    // Pools of lamp light every 30 m at both edges; from afar their mean.
    float kind = b.y;
    float pools = mix(0.62 + 0.30 * cos(along * 6.2832 / 32.0), 0.62, smoothstep(1.0, 7.0, wa));
    lamp = (kind < 9.5 ? 1.0 : kind < 10.5 ? 0.6 : 0.4) * pools;
  } else lamp = 0.55;
  float wear = 0.75 + 0.25 * noise2(p * 0.9);
  albedo = mix(albedo, srgb(0.86, 0.86, 0.84), paint * 0.85 * wear);
  albedo = mix(albedo, srgb(0.86, 0.66, 0.20), yellow * 0.85 * wear);
  if ((flags & 2) != 0) {
    tint.a = 0.0;
    float hatch = stripes((u + along) / 4.0, fwidth(u + along) / 4.0, 0.0, 0.5);
    albedo = mix(mix(albedo, srgb(0.72, 0.06, 0.07), 0.75), srgb(0.95, 0.90, 0.88), hatch * 0.75);
  }
  float shadow = sunlight(vRelative, vec3(0.0, 0.0, 1.0));
  vec3 colour = albedo * lightOn(vec3(0.0, 0.0, 1.0), shadow);
  vec3 lampColour = mix(vec3(1.0, 0.64, 0.32), vec3(1.0, 0.84, 0.64), noise2(p * 0.0012));
  // Far away a lit road is a line of light, not a grey strip.
  float glow = lamp * uLampsOn * (0.9 + 0.8 * smoothstep(800.0, 5000.0, distance));
  colour += albedo * lampColour * glow * 2.2 + lampColour * glow * 0.045;
  float strength = tint.a * (0.80 + 0.15 * smoothstep(400.0, 2500.0, distance));
  vec3 shade = pow(tint.rgb, vec3(2.2)) * mix(1.0, 0.75, uNight) * (0.75 + 0.5 * max(uSunDirection.z, 0.0) * shadow);
  colour = mix(colour, shade + colour * 0.25 * paint, strength);
  if ((flags & 2) != 0) colour += srgb(0.8, 0.10, 0.10) * 0.28 * (0.3 + uNight * 0.7);
  if ((flags & 1) != 0) colour = mix(colour, vec3(0.03, 0.30, 1.0) * mix(1.2, 0.9, uNight) + paint * 0.5, 0.82);
  if ((flags & 4) != 0) colour = mix(colour, vec3(1.0), 0.22);
  float alpha = mix(1.0, 0.45 + 0.55 * vThin, 1.0 - max(tint.a, (flags != 0) ? 1.0 : 0.0));
  outColour = vec4(toneMapped(mist(colour, vRelative)), alpha);
}`

export const vergeFragment = commonUniforms + commonFragment + shadowFragment + linkLookup + /* glsl */ `
in vec3 vRelative;
in vec2 vLane;
in float vThin;
flat in float vLink;
out vec4 outColour;
void main() {
  vec2 p = vRelative.xy + uCamera.xy;
  vec4 a = linkTexel(vLink, 0), b = linkTexel(vLink, 1);
  float u = vLane.x, wu = fwidth(u), along = vLane.y, wa = fwidth(along);
  float out1 = u - a.x;
  float leafy = noise2(p * 0.8) * 0.6 + noise2(p * 2.9) * 0.4;
  vec3 hedge = mix(srgb(0.15, 0.26, 0.10), srgb(0.30, 0.39, 0.17), leafy);
  vec3 stone = mix(srgb(0.56, 0.53, 0.50), srgb(0.49, 0.465, 0.44), noise2(p * 0.2));
  stone *= 1.0 - 0.12 * (stripes(along / 0.6, wa / 0.6, 0.0, 0.08) + stripes(u / 0.6, wu / 0.6, 0.0, 0.08));
  vec3 kerb = srgb(0.72, 0.71, 0.69);
  vec3 albedo;
  float flatness = 1.0;
  bool fast = b.y < 3.5;
  if (u < 0.0) { albedo = mix(kerb, hedge, 1.0 - band(u, wu, -0.22, 0.0)); }
  else {
    float strip = fast ? band(out1, wu, 0.25, 3.6) : band(out1, wu, 0.25, 1.4) * mix(1.0, stripes(along / 8.0, wa / 8.0, 0.1, 0.75), 0.8);
    albedo = mix(mix(stone, hedge, strip), kerb, band(out1, wu, 0.0, 0.25));
  }
  float shadow = sunlight(vRelative, vec3(0.0, 0.0, 1.0));
  vec3 colour = albedo * lightOn(vec3(0.0, 0.0, 1.0), shadow);
  vec3 lampColour = mix(vec3(1.0, 0.64, 0.32), vec3(1.0, 0.84, 0.64), noise2(p * 0.0012));
  colour += albedo * lampColour * uLampsOn * (0.55 + 0.45 * cos(along * 6.2832 / 30.0)) * 0.8;
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`

export const structureVertex = commonUniforms + placement + vertexHelpers + /* glsl */ `
in vec3 position;
out vec3 vRelative;
out vec3 vView;
void main() {
  vec4 view = placed(position);
  vRelative = uViewToWorld * view.xyz;
  vView = view.xyz;
  gl_Position = clipPulled(view, 1.2, 0.0022);
}`

export const structureFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
in vec3 vRelative;
in vec3 vView;
out vec4 outColour;
void main() {
  vec3 n = uViewToWorld * normalize(cross(dFdx(vView), dFdy(vView)) + vec3(0.0, 0.0, 1e-9));
  if (dot(n, vRelative) > 0.0) n = -n;
  vec3 world = vRelative + uCamera;
  float streak = noise2(vec2(world.x + world.y, world.z * 0.15) * 0.8);
  vec3 albedo = srgb(0.66, 0.65, 0.63) * (0.86 + 0.2 * streak);
  vec3 colour = albedo * lightOn(n, sunlight(vRelative, n));
  colour += albedo * vec3(1.0, 0.68, 0.38) * 0.32 * uLampsOn * (0.5 + 0.5 * abs(n.z));
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`
