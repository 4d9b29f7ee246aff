import { areaGround, commonFragment, commonUniforms, heightAbove, placement, shadowFragment } from './common'

export const groundVertex = commonUniforms + placement + /* glsl */ `
in vec4 position;
in vec4 normal;
out vec3 vRelative;
out vec3 vNormal;
void main() {
  vec4 view = placed(position.xyz);
  vRelative = uViewToWorld * view.xyz;
  vNormal = normal.xyz;
  gl_Position = projectionMatrix * view;
}`

/** Land, woods, parks, sea and lakes from two coverage maps: a coarse one of the city and a fine one of the core. */
export const groundFragment = commonUniforms + commonFragment + shadowFragment + heightAbove + areaGround + /* glsl */ `
uniform sampler2D uMapWide;
uniform sampler2D uMapCore;
uniform vec4 uBoundsWide;   // x0, y0, width, height
uniform vec4 uBoundsCore;
uniform float uDistricts;   // 1 shows where the modelled area ends
uniform vec4 uCore;         // modelled area: west, south, east, north
in vec3 vRelative;
in vec3 vNormal;
out vec4 outColour;

vec4 coverAt(vec2 p, out float inCore) {
  vec2 wide = (p - uBoundsWide.xy) / uBoundsWide.zw, core = (p - uBoundsCore.xy) / uBoundsCore.zw;
  vec2 margin = min(core, 1.0 - core);
  inCore = smoothstep(0.0, 0.02, min(margin.x, margin.y));
  vec4 far = vec4(1.0, 0.0, 0.0, 0.0);
  if (all(greaterThan(wide, vec2(0.0))) && all(lessThan(wide, vec2(1.0)))) far = texture(uMapWide, wide);
  return mix(far, texture(uMapCore, clamp(core, 0.0, 1.0)), inCore);
}

vec3 waterColour(vec2 p, vec3 toEye, float shore, float distance) {
  float detail = 1.0 / (1.0 + distance * 0.0012);
  vec2 drift = vec2(uTime * 0.6, uTime * 0.35);
  float e = 1.2;
  float h = noise2(p * 0.045 + drift * 0.03) * 2.0 + noise2(p * 0.17 - drift * 0.08);
  float hx = noise2((p + vec2(e, 0)) * 0.045 + drift * 0.03) * 2.0 + noise2((p + vec2(e, 0)) * 0.17 - drift * 0.08);
  float hy = noise2((p + vec2(0, e)) * 0.045 + drift * 0.03) * 2.0 + noise2((p + vec2(0, e)) * 0.17 - drift * 0.08);
  vec3 n = normalize(vec3((h - hx) * 0.30 * detail, (h - hy) * 0.30 * detail, 1.0));
  vec3 r = reflect(-toEye, n);
  r.z = abs(r.z) + 0.03;
  r = normalize(r);
  float facing = max(dot(toEye, n), 0.0);
  float fresnel = 0.02 + 0.98 * pow(1.0 - facing, 5.0);
  float large = noise2(p * 0.0006) * 0.6 + noise2(p * 0.0021 + 9.0) * 0.4;
  vec3 day = mix(srgb(0.13, 0.34, 0.42), srgb(0.27, 0.47, 0.48), smoothstep(0.2, 0.9, large));
  day = mix(day, srgb(0.42, 0.56, 0.52), shore * 0.75);
  vec3 body = day * (uAmbientSky * 0.75 + uSunColour * max(uSunDirection.z, 0.0) * 0.32);
  float glint = pow(max(dot(r, uSunDirection), 0.0), 160.0) * 1.8 + pow(max(dot(r, uSunDirection), 0.0), 18.0) * 0.10;
  return mix(body, skyColour(r), fresnel * 0.9) + uSunColour * glint * 0.9;
}

void main() {
  vec2 p = vRelative.xy + uCamera.xy;
  if (areaGround(p).g > 0.5) discard;
  float z = heightAbove(vRelative);
  float distance = length(vRelative);
  vec3 toEye = -vRelative / distance;
  float inCore;
  vec4 cover = coverAt(p, inCore);
  vec3 n = normalize(vNormal);
  float slope = 1.0 - n.z;

  // Coverage maps are coarse, so a soft step around one half puts a clean shore between their cells.
  float softness = clamp(fwidth(cover.r) * 0.7, 0.03, 0.5);
  float water = smoothstep(0.5 - softness, 0.5 + softness, cover.r);
  float wobble = noise2(p * 0.05) * 0.6 + noise2(p * 0.21) * 0.4;
  float woods = smoothstep(26.0, 62.0, z + slope * 420.0 + (wobble - 0.5) * 34.0) * (1.0 - smoothstep(0.25, 0.7, cover.b));
  float green = max(smoothstep(0.38, 0.62, cover.g + (wobble - 0.5) * 0.08), woods);
  float built = smoothstep(0.05, 0.5, cover.b);

  vec3 land = vec3(0.2);
  vec3 lean = n;
  if (water < 1.0) {
  float patchy = noise2(p * 0.0031) * 0.6 + noise2(p * 0.011 + 5.0) * 0.4;
  float fine = noise2(p * 0.35) * 0.5 + noise2(p * 1.3) * 0.5;
  float fineFade = 1.0 / (1.0 + distance * 0.002);
  vec3 paved = mix(srgb(0.52, 0.51, 0.485), srgb(0.43, 0.435, 0.43), patchy);
  // Slabs of a few metres where the eye is near.
  float joint = stripes(p.x / 4.5, fwidth(p.x) / 4.5, 0.0, 0.03) + stripes(p.y / 4.5, fwidth(p.y) / 4.5, 0.0, 0.03);
  paved *= 1.0 - 0.10 * joint * fineFade;
  paved *= 0.92 + 0.16 * (fine - 0.5) * fineFade + 0.10 * (noise2(p * 0.045) - 0.5);
  vec3 open = mix(srgb(0.245, 0.31, 0.185), srgb(0.375, 0.40, 0.275), smoothstep(0.25, 0.75, patchy));
  open = mix(open, srgb(0.47, 0.45, 0.37), smoothstep(0.66, 0.82, noise2(p * 0.0018 + 40.0)) * 0.5);
  land = mix(open, paved, built);
  open *= 0.86 + 0.28 * mix(0.5, fine, fineFade) + 0.10 * (noise2(p * 0.06) - 0.5) * fineFade;
  vec3 lawn = mix(srgb(0.235, 0.315, 0.175), srgb(0.355, 0.405, 0.25), fine * fineFade * 0.7 + patchy * (1.0 - fineFade * 0.7));
  float crown = noise2(p * 0.11) * 0.55 + noise2(p * 0.29 + 2.0) * 0.45;
  float crownFar = noise2(p * 0.018) * 0.5 + noise2(p * 0.006) * 0.5;
  vec3 forest = mix(srgb(0.09, 0.165, 0.095), srgb(0.195, 0.265, 0.14), mix(crownFar, crown, 1.0 / (1.0 + distance * 0.0004)));
  vec3 park = mix(lawn, forest, smoothstep(0.42, 0.62, noise2(p * 0.013 + 3.0) * 0.7 + crown * 0.3) * 0.85);
  land = mix(land, mix(park, forest, woods), green);
  float beach = smoothstep(0.12, 0.46, cover.r) * (1.0 - built) * (1.0 - green);
  land = mix(land, srgb(0.72, 0.67, 0.55), beach * 0.7);

  // Crowns are bumps: lean the normal with the noise where there are woods and the eye is near.
  vec2 bump = vec2(0.0);
  if (green > 0.0 && distance < 12000.0) bump = vec2(noise2(p * 0.11 + vec2(0.25, 0.0)) - noise2(p * 0.11 - vec2(0.25, 0.0)), noise2(p * 0.11 + vec2(0.0, 0.25)) - noise2(p * 0.11 - vec2(0.0, 0.25)));
  lean = normalize(vec3(n.xy * 1.6 - bump * (woods * 1.6 + green * 0.2) / (1.0 + distance * 0.0005), n.z));
  }
  float shadow = sunlight(vRelative, vec3(0.0, 0.0, 1.0));
  vec3 colour = land * lightOn(lean, shadow);

  // Outside the modelled area the land keeps its shape but steps back.
  vec2 edge = max(uCore.xy - p, p - uCore.zw);
  float outside = max(edge.x, edge.y);
  float apart = smoothstep(0.0, 400.0, outside) * (1.0 - 0.0 * water);
  colour = mix(colour, vec3(dot(colour, vec3(0.3, 0.59, 0.11))) * vec3(1.0, 1.02, 1.05), apart * 0.26 * (1.0 - green * 0.6));

  // Lamp light from the street below.
  vec3 lampColour = mix(vec3(1.0, 0.56, 0.22), vec3(1.0, 0.78, 0.52), uLampsOn > 0.0 ? noise2(p * 0.0012) : 0.5);
  float lamp = cover.a * (0.7 + 0.6 * noise2(p * 0.004));
  colour += land * lampColour * lamp * 0.85 * uLampsOn * (1.0 - water) + lampColour * lamp * lamp * 0.035 * uLampsOn * (1.0 - water);

  // And the glow of the whole city, so that parks are not holes.
  colour += land * vec3(0.80, 0.72, 0.70) * uLampsOn * (0.035 + 0.10 * built);

  if (water > 0.0) {
  vec3 sea = waterColour(p, toEye, smoothstep(1.0, 0.45, cover.r), distance);
  if (uLampsOn > 0.0) {
    // What is lit on the far side lies on the water as streaks towards the eye: lamp light some way on, dimmer the farther.
    vec2 away = normalize(vRelative.xy + vec2(1e-4));
    float streak = 0.0, ignored;
    for (int k = 0; k < 5; k++) streak += coverAt(p + away * 110.0 * exp2(float(k)), ignored).a * exp2(-0.55 * float(k));
    vec2 along = vec2(dot(p, away), dot(p, vec2(-away.y, away.x)));
    float ripple = noise2(vec2(along.x * 0.010, along.y * 0.035) + uTime * vec2(0.05, 0.02)) * 0.6 + noise2(vec2(along.x * 0.05, along.y * 0.11) - uTime * 0.06) * 0.4;
    float grazing = pow(1.0 - max(toEye.z, 0.0), 3.0);
    sea += lampColour * uLampsOn * streak * (0.025 + 0.32 * grazing) * smoothstep(0.25, 0.95, ripple);
    sea += lampColour * uLampsOn * 0.10 * (1.0 - smoothstep(0.5, 1.0, cover.r)) * ripple;
  }
  colour = mix(colour, sea * mix(1.0, 0.94, 1.0 - shadow), water);
  }

  // The edge of the modelled area, a thin line on the ground.
  float line = (1.0 - smoothstep(0.0, max(9.0, distance * uPixel * 1.3), abs(outside))) * smoothstep(900.0, 2500.0, uCamera.z) * (1.0 - water);
  float dash = smoothstep(0.35, 0.45, fract((abs(edge.x) < abs(edge.y) ? p.y : p.x) / 260.0));
  colour = mix(colour, mix(vec3(0.95, 0.75, 0.35), vec3(0.5, 0.35, 0.12), uNight) * 1.1, line * 0.75 * dash * uDistricts);
  // Beyond what is drawn there is only mist.
  vec2 rim = min(p - uBoundsWide.xy, uBoundsWide.xy + uBoundsWide.zw - p);
  float known = smoothstep(0.0, 7000.0, min(rim.x, rim.y) + (noise2(p * 0.0004) - 0.5) * 2500.0);
#ifdef ON_GLOBE
  if (known < 0.01) discard;
  outColour = vec4(toneMapped(mist(colour, vRelative)), known);
#else
  vec3 haze = skyColour(normalize(vec3(vRelative.xy, max(vRelative.z, distance * 0.03))));
  outColour = vec4(toneMapped(mix(haze, mist(colour, vRelative), known)), 1.0);
#endif
}`
