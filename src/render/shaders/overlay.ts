import { commonFragment, commonUniforms, placement, vertexHelpers } from './common'

export const metroVertex = commonUniforms + placement + vertexHelpers + /* glsl */ `
in vec3 position;
in vec2 side;
in vec4 colour;
out vec3 vRelative;
out vec3 vColour;
out float vAcross;
void main() {
  vec4 view = placed(position);
  float half_ = max(1.6, -view.z * uPixel * 1.5) + 2.4 * smoothstep(300.0, 1500.0, -view.z);
  view = placed(position + vec3(side * half_, 0.0));
  vRelative = uViewToWorld * view.xyz;
  vColour = colour.rgb;
  vAcross = colour.a * 2.0 - 1.0;
  gl_Position = clipPulled(view, 3.0, 0.006);
}`

export const metroFragment = commonUniforms + commonFragment + /* glsl */ `
uniform float uStrength;
in vec3 vRelative;
in vec3 vColour;
in float vAcross;
out vec4 outColour;
void main() {
  float edge = 1.0 - smoothstep(0.55, 1.0, abs(vAcross));
  vec3 colour = pow(vColour, vec3(2.2)) * mix(1.0, 0.85, uNight);
  outColour = vec4(toneMapped(mist(colour, vRelative)), uStrength * mix(0.55, 1.0, edge) * smoothstep(60.0, 1100.0, length(vRelative)));
}`

/** Stations: a white disc with a ring in the colour of the line, never smaller than a few pixels. */
export const stationVertex = commonUniforms + placement + vertexHelpers + /* glsl */ `
uniform sampler2D uStations;
out vec2 vCorner;
out vec3 vRelative;
flat out vec4 vColour;
flat out float vStation;
void main() {
  int station = gl_VertexID / 6, c = gl_VertexID - station * 6, t = station * 2;
  vec4 a = texelFetch(uStations, ivec2(t & 1023, t >> 10), 0), b = texelFetch(uStations, ivec2((t + 1) & 1023, (t + 1) >> 10), 0);
  vec3 relative = relativeOf(a.xyz);
  float distance = length(relative);
  vec2 q = vec2(c == 1 || c == 2 || c == 4 ? 1.0 : -1.0, c == 2 || c == 4 || c == 5 ? 1.0 : -1.0);
  vCorner = q; vRelative = relative; vColour = b; vStation = a.w;
  float shown = smoothstep(16000.0, 12000.0, distance);
  vec4 view = viewOf(relative);
  float size = max(3.0, distance * uPixel * (b.w > 1.5 ? 6.0 : 4.6)) * shown;
  view.xy += q * size;
  gl_Position = shown <= 0.0 ? vec4(2.0, 2.0, 2.0, 1.0) : clipPulled(view, 12.0, 0.02);
}`

export const stationFragment = commonUniforms + commonFragment + /* glsl */ `
in vec2 vCorner;
in vec3 vRelative;
flat in vec4 vColour;
flat in float vStation;
out vec4 outColour;
void main() {
  float r = length(vCorner), w = fwidth(r);
  float inside = 1.0 - smoothstep(1.0 - w, 1.0, r);
  if (inside <= 0.0) discard;
  float ring = smoothstep(0.58 - w, 0.58 + w, r);
  outColour = vec4(mix(vec3(0.98), vColour.rgb, ring) * mix(1.0, 0.85, uNight), inside * (1.0 - fogAmount(vRelative) * 0.7));
}`

export const labelVertex = commonUniforms + placement + /* glsl */ `
in vec3 position;
in vec2 offset;   // px from the anchor
in vec2 place;    // texels in the atlas, 0..1
in float fade;
out vec2 vPlace;
out float vFade;
void main() {
  vec4 view = placed(position);
  vec4 clip = projectionMatrix * view;
  clip.xy += offset * 2.0 / uViewport * clip.w;
  clip.z = -clip.w * 0.9999;
  vPlace = place;
  vFade = fade;
  gl_Position = clip;
}`

export const labelFragment = /* glsl */ `
precision highp float;
precision highp sampler2D;
uniform sampler2D uAtlas;
in vec2 vPlace;
in float vFade;
out vec4 outColour;
void main() {
  vec4 ink = texture(uAtlas, vPlace);
  outColour = vec4(ink.rgb, ink.a * vFade);
}`
