import { throughGround } from './areas'
import { commonFragment, commonUniforms, placement, shadowFragment, vertexHelpers } from './common'

/**
 * What planners put on the ground; numbers of parts as in groundMarks.ts. Lines keep a width of some pixels, fences and
 * posts a height of some: from afar they grow, and of a row of arrows or posts every other is left out, again and again.
 */
export const markVertex = commonUniforms + placement + vertexHelpers + throughGround + /* glsl */ `
uniform float uChosen;  // row of the mark that is looked at; -1 = none
uniform vec2 uPull;     // m, and share of the distance, by which it lies above the ground
in vec3 position;
in vec3 offset;
in vec4 local;
in vec4 tint;
in vec2 mark;
out vec3 vRelative;
out vec3 vLocal;
flat out vec4 vTint;
flat out float vPart;
flat out float vHeight;
flat out float vRow;
out float vGrow;
void main() {
  float part = local.w, distance = length(placed(position).xyz), far = distance * uPixel;
  bool chosen = abs(mark.x - uChosen) < 0.5;
  float grow = 1.0;
  if (part < 1.5) grow = clamp(far * (chosen ? 2.8 : 1.7) / 0.2, chosen ? 1.8 : 1.0, 90.0);
  else if (part > 4.5 && part < 5.5) grow = clamp(far * 15.0 / 2.2, 1.0, 16.0);
  else if (part > 2.5 && part < 4.5) grow = clamp(far * 10.0 / 1.1, 1.0, 16.0);
  else if (part > 5.5) grow = clamp(far * 12.0 / 2.5, 1.0, 9.0);
  vTint = tint; vPart = part; vHeight = mark.y; vRow = mark.x; vGrow = grow;
  vLocal = local.xyz;
  float every = exp2(ceil(max(0.0, log2(grow / (part > 4.5 ? 1.6 : 2.4)))));
  vec4 view = placed(position + offset * (part > 2.5 && part < 3.5 ? vec3(1.0, 1.0, grow) : vec3(grow)));
  vRelative = uViewToWorld * view.xyz;
  gl_Position = mod(abs(local.z), every) > 0.5 ? vec4(2.0, 2.0, 2.0, 1.0) : throughGround(clipPulled(view, uPull.x, uPull.y));
}`

export const markFragment = commonUniforms + commonFragment + shadowFragment + /* glsl */ `
uniform vec2 uFloors; // m above the sea: only what stands on floors between is drawn
uniform float uChosen;
in vec3 vRelative;
in vec3 vLocal;
flat in vec4 vTint;
flat in float vPart;
flat in float vHeight;
flat in float vRow;
in float vGrow;
out vec4 outColour;
void main() {
  if (uFloors.x > -1e5 && (vHeight < uFloors.x - 0.5 || vHeight >= uFloors.y)) discard;
  vec3 n = normalize(cross(dFdx(vRelative), dFdy(vRelative)));
  if (dot(n, vRelative) > 0.0) n = -n;
  vec3 tint = pow(vTint.rgb, vec3(2.2));
  float pale = vTint.a, alpha = 1.0, own = 0.55;
  if (vPart < 1.5) {
    float period = 1.6 * exp2(floor(log2(max(1.0, vGrow))));
    float on = vPart > 0.5 || pale > 0.5 ? stripes(vLocal.x / period, fwidth(vLocal.x) / period, 0.0, 0.55) : 1.0;
    if (vPart > 0.5 && pale < 0.5) tint = mix(vec3(0.012), tint, on);
    else if (on < 0.5) discard;
    own = 0.8;
  } else if (vPart < 2.5) {
    float hatch = stripes((vLocal.x + vLocal.y) / 7.0, fwidth(vLocal.x + vLocal.y) / 7.0, 0.0, 0.5);
    alpha = mix(0.16, 0.27, hatch) * (pale > 0.5 ? 0.6 : 1.0);
    own = 0.8;
  } else if (vPart < 3.5) {
    float width = fwidth(vLocal.x), top = band(vLocal.y, fwidth(vLocal.y), 0.62, 1.0), rail = band(vLocal.y, fwidth(vLocal.y), 0.06, 0.14);
    float bars = max(max(top, rail), stripes(vLocal.x / 0.16, width / 0.16, 0.0, 0.22));
    if (vGrow < 2.0 && width < 0.08 && bars < 0.4) discard;
    float across = vLocal.x + vLocal.y * 0.9, each = 0.9 * exp2(floor(log2(vGrow)));
    vec3 striped = mix(srgb(0.95, 0.95, 0.93), tint, stripes(across / each, fwidth(across) / each, 0.0, 0.5));
    tint = mix(vGrow < 2.0 ? srgb(0.66, 0.68, 0.70) : mix(tint, srgb(0.95, 0.95, 0.93), 0.35), striped, top);
  } else if (vPart > 4.5 && vPart < 5.5) {
    own = 0.85;
  }
  if (pale > 0.5) tint = mix(tint, vec3(dot(tint, vec3(0.33))), 0.55);
  if (abs(vRow - uChosen) < 0.5) tint = mix(tint, vec3(1.0), 0.25 + 0.2 * sin(uTime * 5.0));
  // By day in the light of day, at night by a light of their own: what is planned has to be seen at any hour.
  vec3 colour = tint * mix(lightOn(n, sunlight(vRelative, n)), vec3(own) / max(uExposure, 0.5), mix(0.25, 0.9, uNight));
  outColour = vec4(toneMapped(mist(colour, vRelative)), alpha);
}`
