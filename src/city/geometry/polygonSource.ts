/** The part of a polygon layer that meshes and rasters need; every polygon layer of the pack has these tables. */
export interface PolygonTables {
  readonly polygons: { readonly rows: number; readonly ringFirst: ArrayLike<number>; readonly ringCount: ArrayLike<number> }
  readonly rings: { readonly rows: number; readonly pointFirst: ArrayLike<number>; readonly pointCount: ArrayLike<number> }
  readonly points: { readonly rows: number; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }
}
