import { useEffect, useState } from 'react'
import type { Layer, LayerKind } from '../../city'
import type { Columns } from '../../sim'
import { session } from '../session'

/** A layer of the open city; null until it is there. Fetched when first wanted, then kept. */
export function useLayer<T extends Readonly<Record<string, Columns>>>(kind: LayerKind<T>): Layer<T> | null {
  const [layer, setLayer] = useState<Layer<T> | null>(null)
  useEffect(() => {
    let current = true
    void session.city?.pack.layer(kind).then(opened => { if (current) setLayer(opened) }, () => undefined)
    return () => { current = false }
  }, [kind])
  return layer
}
