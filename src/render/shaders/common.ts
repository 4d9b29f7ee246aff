/**
 * GLSL that every material of the city shares. World axes: x east, y north, z up. `relative` is a place relative to
 * the camera, so that 32-bit floats keep their precision wherever the camera is.
 */
export const commonUniforms = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
precision highp sampler2DShadow;
uniform mat4 projectionMatrix;
uniform mat4 modelViewMatrix;
uniform mat3 uViewToWorld;
uniform vec3 uCamera;
uniform vec3 uSunDirection;
uniform vec3 uSunColour;
uniform vec3 uZenith;
uniform vec3 uHorizon;
uniform vec3 uGlow;
uniform vec3 uAmbientSky;
uniform vec3 uAmbientGround;
uniform float uNight;      // 0 day .. 1 night
uniform float uLampsOn;    // 0 off .. 1 on
uniform float uHour;
uniform float uFog;        // 1/m at sea level
uniform float uTime;       // s, for waves and blinking
uniform float uExposure;
uniform float uPixel;      // m a pixel spans at 1 m distance
uniform vec2 uViewport;
`

export const commonFragment = /* glsl */ `
float hash12(vec2 p) { vec3 q = fract(vec3(p.xyx) * 0.1031); q += dot(q, q.yzx + 33.33); return fract((q.x + q.y) * q.z); }
float hash13(vec3 p) { p = fract(p * 0.1031); p += dot(p, p.zyx + 31.32); return fract((p.x + p.y) * p.z); }
uniform sampler2D uNoise;   // 256 x 256 random bytes, repeating
float noise2(vec2 p) {
  vec2 i = floor(p), f = p - i;
  return textureLod(uNoise, (i + f * f * (3.0 - 2.0 * f) + 0.5) / 256.0, 0.0).r;
}
vec3 skyWith(vec3 direction, float glow) {
  float up = max(direction.z, 0.0);
  vec3 colour = mix(uHorizon, uZenith, 1.0 - exp(-up * 5.0));
  float toSun = max(dot(direction, uSunDirection), 0.0);
  float low = exp(-up * 3.5);
  return colour + uGlow * glow * (low * (0.30 * pow(toSun, 3.0) + 0.45 * pow(toSun, 14.0)) + 0.25 * pow(toSun, 120.0));
}
vec3 skyColour(vec3 direction) { return skyWith(direction, 1.0); }
/** Mist that thins with height, integrated along the line of sight. */
float fogAmount(vec3 relative) {
  float distance = length(relative);
  const float scale = 900.0;
  float h0 = max(uCamera.z, 0.0), h1 = max(uCamera.z + relative.z, 0.0);
  float rise = (h1 - h0) / scale;
  float mean = abs(rise) < 0.01 ? exp(-h0 / scale) : (exp(-h0 / scale) - exp(-h1 / scale)) / rise;
  return 1.0 - exp(-distance * uFog * mean);
}
vec3 toneMapped(vec3 colour) {
  colour *= uExposure;
  colour = max(mix(vec3(dot(colour, vec3(0.2126, 0.7152, 0.0722))), colour, 1.05), 0.0);
  colour *= 0.86;
  colour = (colour * (2.51 * colour + 0.03)) / (colour * (2.43 * colour + 0.59) + 0.14); // ACES fit, Narkowicz 2015
  return pow(clamp(colour, 0.0, 1.0), vec3(1.0 / 2.2));
}
vec3 mist(vec3 colour, vec3 relative) {
  vec3 direction = normalize(relative);
  direction.z = max(direction.z, 0.02);
  // Less of the sun's glow than the open sky has, or a low sun would wash out the city before it.
  return mix(colour, skyWith(normalize(direction), 0.45), fogAmount(relative));
}
/** Share of a pixel of width w (in periods) covered by stripes that lie between a and b of each period. */
float stripeSum(float x, float a, float b) { return floor(x) * (b - a) + clamp(fract(x) - a, 0.0, b - a); }
float stripes(float x, float w, float a, float b) { w = max(w, 1e-4); return (stripeSum(x + 0.5 * w, a, b) - stripeSum(x - 0.5 * w, a, b)) / w; }
/** Share of a pixel of width w covered by one band from a to b. */
float band(float x, float w, float a, float b) { w = max(w, 1e-4); return clamp((min(x + 0.5 * w, b) - max(x - 0.5 * w, a)) / w, 0.0, 1.0); }
vec3 srgb(float r, float g, float b) { return pow(vec3(r, g, b), vec3(2.2)); }
`

export const shadowFragment = /* glsl */ `
uniform sampler2DShadow uShadowMap;
uniform mat4 uShadowMatrix;
uniform float uShadowOn;
float sunlight(vec3 relative, vec3 normal) {
  if (uShadowOn < 0.5) return 1.0;
  vec4 p = uShadowMatrix * vec4(relative + normal * 0.6, 1.0);
  vec3 q = p.xyz * 0.5 + 0.5;
  vec2 edge = min(q.xy, 1.0 - q.xy);
  float inside = smoothstep(0.0, 0.08, min(edge.x, edge.y)) * uShadowOn;
  if (inside <= 0.0 || q.z >= 1.0) return 1.0;
  const float t = 1.0 / 2048.0;
  float lit = texture(uShadowMap, vec3(q.xy + vec2(-0.4, 0.7) * t, q.z)) + texture(uShadowMap, vec3(q.xy + vec2(0.7, 0.4) * t, q.z))
    + texture(uShadowMap, vec3(q.xy + vec2(0.4, -0.7) * t, q.z)) + texture(uShadowMap, vec3(q.xy + vec2(-0.7, -0.4) * t, q.z));
  return mix(1.0, lit * 0.25, inside);
}
vec3 lightOn(vec3 normal, float shadow) {
  float sun = max(dot(normal, uSunDirection), 0.0) * shadow;
  vec3 ambient = mix(uAmbientGround, uAmbientSky, normal.z * 0.5 + 0.5);
  return uSunColour * sun + ambient;
}
`

/** Where a place of the plane lies. The globe puts a chunk of its own here, which bends the plane around the earth. */
export const placement = /* glsl */ `
/** A place of the plane, m from the false origin, relative to the camera. */
vec3 relativeOf(vec3 plane) { return plane - uCamera; }
/** The same for a place given from an origin that is itself relative to the camera. */
vec3 relativeFrom(vec3 offset, vec3 origin) { return offset + origin; }
vec4 viewOf(vec3 relative) { return vec4(relative * uViewToWorld, 1.0); }
/** A corner of a mesh, seen by the camera. */
vec4 placed(vec3 corner) { return modelViewMatrix * vec4(corner, 1.0); }
`

/** What an area changes about the ground: how far it lies above the area's floor, m, and whether it gives way (areaLift.ts). */
export const areaGround = /* glsl */ `
uniform sampler2D uLift;
uniform vec4 uLiftBounds; // west, south, cell; height of the floor
vec2 areaGround(vec2 plane) {
  vec2 at = (plane - uLiftBounds.xy) / uLiftBounds.z;
  ivec2 size = textureSize(uLift, 0), i = ivec2(floor(at));
  if (i.x < 0 || i.y < 0 || i.x >= size.x - 1 || i.y >= size.y - 1) return vec2(0.0);
  vec2 f = at - vec2(i);
  return mix(mix(texelFetch(uLift, i, 0).rg, texelFetch(uLift, i + ivec2(1, 0), 0).rg, f.x), mix(texelFetch(uLift, i + ivec2(0, 1), 0).rg, texelFetch(uLift, i + ivec2(1, 1), 0).rg, f.x), f.y);
}
`

/** Metres above the sea of what is drawn. */
export const heightAbove = /* glsl */ `
float heightAbove(vec3 relative) { return relative.z + uCamera.z; }
`

/** A box by vertex pulling, without its floor: corners of ten triangles, bottom 0 to 3 and top 4 to 7, and the way that each face looks. */
export const boxFaces = /* glsl */ `
const int CORNERS[30] = int[30](4,5,6,4,6,7, 0,1,5,0,5,4, 1,2,6,1,6,5, 2,3,7,2,7,6, 3,0,4,3,4,7);
const vec3 NORMALS[5] = vec3[5](vec3(0,0,1), vec3(0,-1,0), vec3(1,0,0), vec3(0,1,0), vec3(-1,0,0));
`

/** Place relative to the camera, pulled towards it by `pull` m plus a share of the distance, to lie above the ground. */
export const vertexHelpers = /* glsl */ `
vec4 clipPulled(vec4 view, float metres, float share) {
  vec4 clip = projectionMatrix * view;
  float distance = length(view.xyz);
  float pull = min(metres + distance * share, distance * 0.5);
  vec4 nearer = projectionMatrix * vec4(view.xyz * (1.0 - pull / max(distance, 1e-3)), 1.0);
  return vec4(clip.xy, nearer.z / nearer.w * clip.w, clip.w);
}
`
