/** Fragment shaders of the picking pass: a row as three bytes, its kind as the fourth (times 32). */
const rowColour = /* glsl */ `
vec4 rowColour(float row, float kind) {
  float r = floor(row + 0.5);
  return vec4(mod(r, 256.0), mod(floor(r / 256.0), 256.0), floor(r / 65536.0), kind * 32.0) / 255.0;
}`

const head = `precision highp float;\nprecision highp int;\nout vec4 outColour;\n${rowColour}\n`

export const pickRoadFragment = `${head}flat in float vLink;
void main() { outColour = vLink >= 0.0 ? rowColour(vLink, 1.0) : rowColour(-vLink - 1.0, 5.0); }`
export const pickBuildingFragment = `${head}flat in float vRow;
void main() { outColour = rowColour(vRow, 3.0); }`
export const pickStationFragment = `${head}flat in float vStation;
in vec2 vCorner;
void main() { if (length(vCorner) > 1.0) discard; outColour = rowColour(vStation, 4.0); }`
export const pickAgentFragment = `${head}flat in float vSlot;
void main() { outColour = rowColour(vSlot, 2.0); }`
export const pickPersonFragment = `${head}flat in float vSlot;
void main() { outColour = rowColour(vSlot, 6.0); }`
export const pickMarkFragment = `${head}flat in float vRow;
void main() { outColour = rowColour(vRow, 7.0); }`
export const pickNothingFragment = `precision highp float;
out vec4 outColour;
void main() { outColour = vec4(0.0); }`
