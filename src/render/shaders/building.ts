import { commonFragment, commonUniforms, placement, shadowFragment } from './common'

export const buildingVertex = commonUniforms + placement + /* glsl */ `
in vec4 position;
in vec4 facts;
in vec2 extent;
in float row;
out vec3 vRelative;
out vec3 vView;
out float vAlong;
out float vUp;
flat out vec4 vFacts;
flat out float vHeight;
flat out float vRow;
void main() {
  vec4 view = placed(position.xyz);
  vRelative = uViewToWorld * view.xyz;
  vView = view.xyz;
  vAlong = position.w / 8.0;
  vUp = (position.z - extent.x) / 16.0;
  vFacts = facts;
  vHeight = extent.y / 16.0;
  vRow = row;
  gl_Position = projectionMatrix * view;
}`

/**
 * Facades without textures. Every look has a floor height, a bay width and the share of both that is glass; windows
 * are stripes integrated over the pixel, so that they fade to their mean instead of shimmering. At night cells light
 * up by hash; where cells become smaller than a pixel, coarser cells take over, which keeps the contrast.
 */
export const buildingFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
uniform vec4 uCore;
in vec3 vRelative;
in vec3 vView;
in float vAlong;
in float vUp;
flat in vec4 vFacts;
flat in float vHeight;
flat in float vRow;
out vec4 outColour;

vec3 wallPaint(int look, float seed, float seed2) {
  if (look == 0) { // apartments: white, cream, sand, pale rose, warm grey, some terracotta
    vec3 a = mix(srgb(0.88, 0.86, 0.82), srgb(0.80, 0.74, 0.66), smoothstep(0.2, 0.7, seed));
    a = mix(a, srgb(0.78, 0.68, 0.62), step(0.78, seed));
    a = mix(a, srgb(0.72, 0.72, 0.72), step(0.88, seed));
    return mix(a, srgb(0.66, 0.50, 0.42), step(0.955, seed)) * (0.85 + 0.25 * seed2);
  }
  if (look == 1) return mix(srgb(0.52, 0.57, 0.61), srgb(0.78, 0.79, 0.79), seed2);
  if (look == 2) return mix(srgb(0.80, 0.78, 0.74), srgb(0.66, 0.63, 0.60), seed);
  if (look == 3) return mix(srgb(0.83, 0.84, 0.83), srgb(0.66, 0.70, 0.72), seed);
  if (look == 4) { // dense village blocks: tiles in white, pink, beige, grey-green
    vec3 a = mix(srgb(0.84, 0.82, 0.79), srgb(0.80, 0.71, 0.66), step(0.5, seed));
    return mix(a, srgb(0.70, 0.74, 0.70), step(0.8, seed)) * (0.8 + 0.25 * seed2);
  }
  if (look == 5) return mix(srgb(0.86, 0.80, 0.72), srgb(0.82, 0.83, 0.82), seed);
  return mix(srgb(0.85, 0.87, 0.88), srgb(0.74, 0.78, 0.80), seed);
}

float litShare(int look, float seed) {
  float h = uHour < 12.0 ? uHour + 24.0 : uHour; // 12 .. 36
  float home = smoothstep(17.5, 20.0, h) * (1.0 - 0.93 * smoothstep(22.0, 25.5, h)) + 0.4 * smoothstep(29.5, 30.8, h) * (1.0 - smoothstep(31.0, 32.0, h));
  float work = smoothstep(16.5, 18.5, h) * (1.0 - 0.8 * smoothstep(19.5, 23.5, h)) + 0.5 * smoothstep(30.5, 32.0, h);
  float late = 0.85 * (1.0 - 0.85 * smoothstep(23.0, 25.5, h));
  float share = look == 0 || look == 4 ? 0.44 * home : look == 1 ? 0.50 * work : look == 3 ? 0.22 * work : 0.62 * late;
  return max(share * (0.55 + 0.8 * seed), 0.03);
}

/** Mean and hashed light of window cells; coarser cells where the pixel is larger than one. */
vec3 windowLight(vec2 cell, vec2 width, float share, float seed, int look) {
  float level = max(0.0, log2(max(width.x, width.y) * 1.6));
  float base = floor(level), f = level - base;
  vec3 sum = vec3(0.0);
  for (int k = 0; k < 2; k++) {
    float size = exp2(base + float(k));
    vec2 id = floor(cell / size);
    float r = hash13(vec3(id, seed * 255.0 + base + float(k)));
    // One cell is on or off; a coarse cell is the mean of many, so its spread narrows, but never to grey.
    float on = size < 1.5 ? step(1.0 - share, r) : share * mix(0.35, 1.65, smoothstep(0.25, 0.8, r)) ;
    float warm = hash13(vec3(id + 17.0, seed * 91.0));
    vec3 tint = mix(vec3(1.0, 0.66, 0.32), vec3(1.0, 0.88, 0.68), warm);
    if (look == 1 || look == 2) tint = mix(tint, vec3(0.80, 0.92, 1.0), step(0.45, warm) * 0.75);
    if (look == 0) tint = mix(tint, vec3(0.88, 0.95, 1.0), step(0.8, warm));
    float h = hash13(vec3(id + 31.0, seed * 57.0));
    float strength = 0.30 + 1.15 * h * h; // many dim rooms, a few bright ones
    sum += tint * on * strength * (k == 0 ? 1.0 - f : f);
  }
  return sum;
}

void main() {
  int look = int(vFacts.x + 0.5), part = int(vFacts.z + 0.5);
  float seed = vFacts.y / 255.0;
  float seed2 = fract(seed * 7.31 + vRow * 0.0137), seed3 = fract(seed * 13.7 + vRow * 0.0713);
  vec3 faceView = cross(dFdx(vView), dFdy(vView));
  vec3 n = uViewToWorld * normalize(faceView + vec3(0.0, 0.0, 1e-9));
  float distance = length(vRelative);
  vec3 toEye = -vRelative / distance;
  if (dot(n, toEye) < 0.0) n = -n;
  vec2 p = vRelative.xy + uCamera.xy;
  float u = vAlong, v = vUp;
  float wu = fwidth(u), wv = fwidth(v);
  vec3 albedo = wallPaint(look, seed, seed2);
  vec3 light = vec3(0.0);
  float glass = 0.0, gloss = 0.0;
  float tall = smoothstep(70.0, 140.0, vHeight);
  bool curtain = look == 1 && (vHeight > 45.0 || seed2 > 0.45);
  float shadow = sunlight(vRelative, n);
  float night = uLampsOn;

  if (part == 0) {
    float floorHeight = look == 1 ? 4.0 : look == 2 ? 5.0 : look == 3 ? 5.2 : look == 6 ? 8.0 : 3.1;
    float bay = curtain ? 1.6 : look == 0 ? 3.6 : look == 1 ? 3.0 : look == 3 ? 5.0 : look == 4 ? 3.3 : 4.2;
    float across = u / bay, floors = v / floorHeight;
    float wx = wu / bay, wy = wv / floorHeight;
    bool shop = v < 5.0 && (look == 2 || look == 1 || (look == 0 && seed3 > 0.4) || look == 4);
    float body = step(v, vHeight - 1.4); // no windows in the parapet
    if (curtain) {
      vec3 tintA = mix(srgb(0.34, 0.47, 0.56), srgb(0.24, 0.36, 0.42), seed);
      tintA = mix(tintA, srgb(0.50, 0.58, 0.62), step(0.66, seed3));
      tintA = mix(tintA, srgb(0.42, 0.40, 0.36), step(0.9, seed3));
      float mullion = stripes(across, wx, 0.0, 0.10);
      float spandrel = stripes(floors, wy, 0.0, 0.22);
      float fins = seed2 > 0.6 ? stripes(u / 9.6, wu / 9.6, 0.0, 0.09) : 0.0;
      float rows = seed2 < 0.25 ? stripes(floors / 12.0, wy / 12.0, 0.0, 0.06) : 0.0;
      glass = body * (1.0 - 0.55 * mullion) * (1.0 - 0.35 * spandrel) * (1.0 - fins) * (1.0 - rows);
      albedo = mix(mix(albedo, tintA, 0.55), tintA * 0.55, glass);
      albedo = mix(albedo, tintA * 0.9, spandrel * 0.5 * (1.0 - fins));
      gloss = glass;
    } else if (look == 0 || look == 4) {
      // Apartments: bays of windows between piers, balconies with a lit slab edge and shade behind.
      float balconyBay = step(0.5, fract(floor(across) * 0.5 + seed3 * 2.0)) * step(0.3, seed2) * float(look == 0);
      float windowX = stripes(across, wx, 0.22, 0.78), windowY = stripes(floors, wy, 0.30, 0.80);
      float balconyY = stripes(floors, wy, 0.34, 0.94), slab = stripes(floors, wy, 0.0, 0.12);
      float balcony = mix(balconyBay, 0.5 * float(look == 0) * step(0.3, seed2), smoothstep(0.4, 1.0, wx));
      glass = body * mix(windowX * windowY, stripes(across, wx, 0.08, 0.92) * balconyY, balcony);
      albedo = mix(albedo, albedo * 1.08, slab * 0.5);
      albedo = mix(albedo, albedo * vec3(0.72, 0.73, 0.75), balcony * (1.0 - slab) * 0.35);
      // A coloured core strip or a darker base, so that towers of one estate differ from the next.
      float strip = seed3 > 0.55 ? stripes(u / 14.4, wu / 14.4, 0.0, 0.25) : 0.0;
      albedo = mix(albedo, albedo * mix(vec3(0.80, 0.68, 0.58), vec3(0.66, 0.70, 0.74), step(0.5, seed)), strip * 0.8);
      albedo = mix(albedo, albedo * 0.78, step(v, 9.0) * step(24.0, vHeight) * 0.6);
      albedo = mix(albedo, srgb(0.16, 0.19, 0.22), glass * 0.78);
      gloss = glass * 0.35;
    } else if (look == 3) {
      float ribbon = stripes(floors, wy, 0.35, 0.72) * mix(1.0, stripes(across, wx, 0.06, 0.94), 0.9);
      glass = body * ribbon;
      albedo = mix(albedo, srgb(0.27, 0.34, 0.38), glass * 0.8);
      gloss = glass * 0.3;
    } else {
      float ribbon = stripes(floors, wy, 0.26, 0.78) * stripes(across, wx, 0.08, look == 6 ? 0.96 : 0.86);
      glass = body * ribbon;
      albedo = mix(albedo, srgb(0.22, 0.29, 0.33), glass * 0.82);
      gloss = glass * 0.5;
    }
    if (shop) {
      float front = band(v, wv, 0.4, 3.6) * stripes(u / 5.5, wu / 5.5, 0.07, 0.93);
      albedo = mix(albedo, srgb(0.20, 0.22, 0.24), front * 0.8);
      float shopOn = step(0.25, hash13(vec3(floor(u / 5.5), seed * 255.0, 3.0)));
      vec3 sign = 0.55 + 0.45 * cos(6.283 * (hash13(vec3(floor(u / 5.5), seed * 99.0, 5.0)) + vec3(0.0, 0.33, 0.67)));
      light += night * front * shopOn * mix(vec3(1.0, 0.82, 0.6), sign, 0.25) * 0.9;
      light += night * band(v, wv, 3.7, 4.5) * shopOn * mix(sign, vec3(1.0), 0.2) * 0.8;
      glass = max(glass, front * 0.5);
    }
    // Windows at night.
    if (night > 0.0) {
    float share = litShare(look, seed2);
    // Behind a curtain wall whole bays of an office are lit together; a flat has its own window.
    float bays = curtain ? 6.4 : bay * (look == 0 ? 1.0 : 1.5);
    vec2 room = vec2(u / bays, floors);
    // Offices go dark floor by floor.
    float busy = look == 1 ? mix(0.45, 1.5, hash12(vec2(floor(floors), seed * 311.0))) : 1.0;
    vec3 lit = windowLight(room, vec2(wu / bays, wy), min(share * busy, 0.9), seed, look);
    // Ceiling lights: brighter above, and the panes of one room are not quite alike.
    float clear = 1.0 / (1.0 + 3.0 * max(wx, wy));
    lit *= mix(1.0, (0.55 + 0.75 * fract(floors)) * (0.8 + 0.4 * hash12(floor(vec2(across, floors)) + seed * 40.0)), clear);
    lit += vec3(0.30, 0.36, 0.48) * 0.10 * (1.0 - share);
    float storey = look == 1 ? 0.35 + 0.65 * step(0.3, hash12(vec2(floor(floors), seed * 777.0))) : 1.0;
    light += night * lit * glass * storey * (curtain ? 0.26 : 0.46);
    // The glow of the city on everything that stands above it.
    light += night * albedo * vec3(0.50, 0.40, 0.36) * 0.055 * smoothstep(160.0, 0.0, v);
    // Tower crowns and light lines: the skyline of Futian and Houhai.
    if (tall > 0.0 && (look == 1 || look == 2)) {
      vec3 hue = seed < 0.30 ? vec3(0.25, 0.55, 1.0) : seed < 0.52 ? vec3(1.0, 0.72, 0.35) : seed < 0.72 ? vec3(0.92, 0.96, 1.0) : seed < 0.86 ? vec3(0.35, 0.95, 0.85) : vec3(0.95, 0.35, 0.75);
      float evening = night * (1.0 - 0.75 * smoothstep(23.0, 24.5, uHour < 12.0 ? uHour + 24.0 : uHour));
      float crown = smoothstep(vHeight * 0.93, vHeight * 0.985, v);
      float lines = seed3 > 0.45 ? stripes(u / 9.6, max(wu / 9.6, 0.02), 0.0, 0.035) * smoothstep(0.0, 0.8, v / vHeight) : 0.0;
      float wave = 0.65 + 0.35 * sin(v * 0.05 - uTime * 0.8 + seed * 20.0);
      light += hue * evening * tall * (crown * mix(0.12, 0.46, glass) + lines * 1.0 * wave);
    }
    }
    // Where a wall meets the street it is darker by day and catches lamp light by night.
    float feet = smoothstep(0.0, 14.0, v);
    albedo *= mix(0.62, 1.0, feet);
    light += night * albedo * vec3(1.0, 0.62, 0.30) * 0.45 * exp(-max(v, 0.0) / 7.0);
  } else if (part == 1) {
    vec3 roofs = look == 3 ? mix(srgb(0.58, 0.66, 0.74), srgb(0.74, 0.75, 0.74), step(0.35, seed2)) : mix(srgb(0.62, 0.60, 0.57), srgb(0.50, 0.50, 0.50), seed2);
    if (look == 0) roofs = mix(roofs, srgb(0.60, 0.44, 0.36), step(0.72, seed3));
    if (look == 4) roofs = mix(roofs, srgb(0.66, 0.52, 0.44), step(0.6, seed3));
    if (look == 0 || look == 2 || look == 5) roofs = mix(roofs, srgb(0.36, 0.48, 0.30), step(0.9, seed2) * 0.8);
    if (look == 6) roofs = srgb(0.86, 0.88, 0.89);
    float ribs = look == 3 ? stripes(p.x / 2.4, fwidth(p.x) / 2.4, 0.0, 0.12) * 0.18 : 0.0;
    float grid = look != 3 ? (stripes(p.x / 6.0, fwidth(p.x) / 6.0, 0.0, 0.04) + stripes(p.y / 6.0, fwidth(p.y) / 6.0, 0.0, 0.04)) * 0.10 : 0.0;
    float stain = noise2(p * 0.13 + seed * 40.0) * 0.25;
    albedo = roofs * (1.0 - ribs - grid) * (0.86 + stain * (1.0 / (1.0 + distance * 0.0015)));
    light += night * vec3(0.55, 0.40, 0.25) * 0.012;
  } else if (part == 2) {
    albedo = srgb(0.66, 0.66, 0.65) * (1.0 - 0.2 * stripes(v / 0.6, wv / 0.6, 0.0, 0.3));
  } else if (part == 4) {
    // A roof of blue-grey metal; u is the distance from its edge. By night its underside glows and its edge is drawn.
    float ribs = stripes(p.x / 6.4, fwidth(p.x) / 6.4, 0.0, 0.16);
    float panes = stripes(p.x / 6.4, fwidth(p.x) / 6.4, 0.25, 0.92) * stripes(p.y / 4.8, fwidth(p.y) / 4.8, 0.1, 0.9);
    albedo = mix(srgb(0.47, 0.60, 0.72), srgb(0.36, 0.50, 0.64), panes) * (1.0 - 0.22 * ribs);
    albedo = mix(albedo, srgb(0.86, 0.88, 0.88), smoothstep(3.5, 2.5, u));
    gloss = 0.45 * panes;
    if (n.z < 0.0) { albedo = srgb(0.80, 0.80, 0.78); gloss = 0.0; light += night * vec3(1.0, 0.78, 0.46) * (0.30 + 0.20 * panes); }
    light += night * vec3(1.0, 0.80, 0.48) * smoothstep(4.0, 0.5, u) * 0.75;
    light += night * vec3(0.30, 0.52, 0.85) * 0.07;
  } else if (part == 5) {
    bool yellow = vFacts.y > 127.0;
    float panes = stripes(u / 3.4, wu / 3.4, 0.22, 0.62) * stripes(v / 4.2, wv / 4.2, 0.3, 0.75);
    albedo = mix(yellow ? srgb(0.93, 0.74, 0.16) : srgb(0.74, 0.15, 0.12), srgb(0.16, 0.18, 0.20), panes * 0.7);
    gloss = panes * 0.4;
    light += night * (yellow ? vec3(1.0, 0.68, 0.12) : vec3(0.95, 0.12, 0.08)) * (0.16 + 0.18 * smoothstep(0.0, 40.0, v)) * (1.0 - panes * 0.6) + night * panes * vec3(1.0, 0.8, 0.5) * 0.3;
  } else if (part == 6) {
    // A white steel lattice over glass.
    float lattice = max(stripes((u + v) / 11.0, (wu + wv) / 11.0, 0.0, 0.3), max(stripes((u - v) / 11.0, (wu + wv) / 11.0, 0.0, 0.3), stripes(u / 11.0, wu / 11.0, 0.0, 0.2)));
    albedo = mix(srgb(0.42, 0.52, 0.58), srgb(0.93, 0.94, 0.94), lattice);
    gloss = (1.0 - lattice) * 0.6;
    light += night * (vec3(0.55, 0.72, 1.0) * (1.0 - lattice) * 0.34 + vec3(0.75, 0.85, 1.0) * lattice * 0.10);
  } else {
    albedo = mix(srgb(0.52, 0.30, 0.23), srgb(0.42, 0.40, 0.40), step(0.6, seed2));
    albedo *= 1.0 - 0.25 * stripes(vRelative.z + uCamera.z, fwidth(vRelative.z), 0.0, 0.3) * 0.6;
  }

  // Outside the modelled area buildings are model-white.
  vec2 edge = max(uCore.xy - p, p - uCore.zw);
  float apart = smoothstep(0.0, 300.0, max(edge.x, edge.y));
  albedo = mix(albedo, vec3(dot(albedo, vec3(0.3, 0.59, 0.11))) * vec3(1.0, 1.01, 1.03) * 1.08, apart * 0.6);

  albedo *= 0.80;
  vec3 colour = albedo * lightOn(n, shadow);
  if (gloss > 0.0) {
    vec3 r = reflect(-toEye, n);
    float fresnel = 0.10 + 0.75 * pow(1.0 - max(dot(toEye, n), 0.0), 4.0);
    vec3 mirror = skyColour(normalize(vec3(r.xy, abs(r.z) * 0.9 + 0.04)));
    mirror = mix(mirror, uAmbientGround * 0.7 + uHorizon * 0.12, smoothstep(0.02, -0.12, r.z) * 0.8);
    // Panes are never quite flat: each reflects a slightly different sky.
    float pane = hash13(vec3(floor(vec2(u / 1.6, v / 4.0)), seed * 31.0));
    mirror *= mix(1.0, 0.86 + 0.28 * pane, 1.0 / (1.0 + 6.0 * wu));
    float flash = pow(max(dot(r, uSunDirection), 0.0), 90.0) * shadow;
    colour = mix(colour, mirror, gloss * fresnel * (1.0 - apart * 0.5)) + uSunColour * flash * gloss * 0.7;
  }
  // Red aviation lights on the tallest.
  if (vHeight > 160.0 && part == 2) light += vec3(1.0, 0.08, 0.05) * uNight * 0.5 * (0.6 + 0.4 * sin(uTime * 2.0 + seed * 20.0));
  colour += light;
  outColour = vec4(toneMapped(mist(colour, vRelative)), 1.0);
}`

/** Depth only, for the shadow map. */
export const buildingShadowVertex = /* glsl */ `
precision highp float;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
in vec4 position;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position.xyz, 1.0); }`
export const shadowOnlyFragment = /* glsl */ `
precision highp float;
out vec4 outColour;
void main() { outColour = vec4(1.0); }`
