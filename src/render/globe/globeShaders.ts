import { heightAbove, placement, shadowFragment, vertexHelpers } from '../shaders/common'
import { EARTH_RADIUS } from './tangentPlane'

const globePlacement = /* glsl */ `
uniform mat4 uPlacement; // from a mesh to m from the centre of the tangent plane
uniform vec3 uCentre;    // that centre, m from the false origin
vec3 bent(vec3 p) { return vec3(p.xy * (1.0 + p.z / ${EARTH_RADIUS.toFixed(1)}), p.z - dot(p.xy, p.xy) / ${(2 * EARTH_RADIUS).toFixed(1)}); }
vec3 relativeOf(vec3 plane) { return bent(plane - uCentre) - (uCamera - uCentre); }
vec3 relativeFrom(vec3 offset, vec3 origin) { return relativeOf(offset + (origin + uCamera)); }
vec4 viewOf(vec3 relative) { return vec4(relative * uViewToWorld, 1.0); }
vec4 placed(vec3 corner) { return viewOf(bent((uPlacement * vec4(corner, 1.0)).xyz) - (uCamera - uCentre)); }
`

const globeHeight = /* glsl */ `
uniform vec3 uCentre;
float heightAbove(vec3 relative) {
  vec2 away = relative.xy + uCamera.xy - uCentre.xy;
  return relative.z + uCamera.z + dot(away, away) / ${(2 * EARTH_RADIUS).toFixed(1)};
}
`

/** Cesium keeps the logarithm of the distance as depth, so a pulled vertex has to move itself; its place on the screen stays. */
const globeHelpers = /* glsl */ `
vec4 clipPulled(vec4 view, float metres, float share) {
  float distance = length(view.xyz);
  float pull = min(metres + distance * share, distance * 0.5);
  return projectionMatrix * vec4(view.xyz * (1.0 - pull / max(distance, 1e-3)), 1.0);
}
`

const globeLight = /* glsl */ `
float sunlight(vec3 relative, vec3 normal) { return 1.0; }
vec3 lightOn(vec3 normal, float shadow) {
  return uSunColour * max(dot(normal, uSunDirection), 0.0) * shadow + mix(uAmbientGround, uAmbientSky, normal.z * 0.5 + 0.5);
}
`

/**
 * A shader of the city view as the globe runs it: the same text with the chunks exchanged that say where things are,
 * and without block comments, which Cesium's preprocessor takes to have several lines.
 */
export function onGlobe(source: string): string {
  return `#define ON_GLOBE\n${source
    .replace(placement, globePlacement)
    .replace(heightAbove, globeHeight)
    .replace(vertexHelpers, globeHelpers)
    .replace(shadowFragment, globeLight)
    .replace(/\/\*[^]*?\*\//g, '')}`
}
