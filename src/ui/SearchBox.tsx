import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from './i18n'
import type { PlaceHit } from './model/cityModel'
import { findPlaces } from './model/places'
import { session } from './session'
import { store } from './stores/store'

/** The person with a number, of a run that has any. */
async function findPerson(text: string): Promise<PlaceHit[]> {
  const { client } = session
  const id = /^#?\d{1,10}$/.test(text) && store.getState().status?.people ? Number(text.replace('#', '')) : -1
  if (id < 0 || !client) return []
  const found = await client.ask(host => host.findPerson(id))
  return found.ok && found.value >= 0 ? [{ kind: 'person', zh: `#${id}`, en: '', x: 0, y: 0, person: found.value }] : []
}

/** Finds roads, stations and places by 中文, pinyin, initials or English, and flies there. */
export function SearchBox(): ReactElement {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [found, setFound] = useState<{ readonly query: string; readonly hits: readonly PlaceHit[] } | null>(null)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const listId = useId()
  const lang = language()
  const text = query.trim()
  const hits = open && text !== '' && found ? found.hits : null

  useEffect(() => {
    let current = true
    if (text === '' || !session.city) return undefined
    void Promise.all([findPlaces(session.city, text, 8), findPerson(text)]).then(([list, persons]) => {
      if (!current) return
      setFound({ query: text, hits: [...persons, ...list] })
      setActive(0)
    })
    return () => { current = false }
  }, [text])

  function choose(hit: PlaceHit | undefined): void {
    if (!hit) return
    setQuery('')
    input.current?.blur()
    if (hit.person !== undefined) {
      store.getState().select({ kind: 'person', slot: hit.person })
      return store.getState().setFollowing(true)
    }
    session.view.flyTo({ x: hit.x, y: hit.y, distance: hit.kind === 'district' ? 9000 : hit.kind === 'subDistrict' ? 3500 : 1400 })
    store.getState().select(hit.link === undefined ? { kind: 'place', place: hit } : { kind: 'link', link: hit.link })
  }

  function onKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setActive(index => Math.min(index + 1, (hits?.length ?? 1) - 1))
    else if (event.key === 'ArrowUp') setActive(index => Math.max(index - 1, 0))
    else if (event.key === 'Enter') choose(hits?.[active])
    else if (event.key === 'Escape') { setQuery(''); input.current?.blur() }
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="search">
      <Search aria-hidden size="1rem" />
      <input ref={input} id="search" type="search" value={query} placeholder={t('top.search')} aria-label={t('top.search')} title={t('top.searchHint')}
        role="combobox" aria-expanded={hits !== null} aria-controls={listId} aria-activedescendant={hits?.[active] ? `${listId}-${active}` : undefined}
        autoComplete="off" spellCheck={false} onChange={event => { setQuery(event.target.value); setOpen(true) }} onKeyDown={onKey}
        onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} />
      <kbd>/</kbd>
      {hits && (
        <ul id={listId} role="listbox" className="hits glass-strong" aria-label={t('top.search')}>
          {hits.length === 0 && <li className="soft hits-none">{t('top.searchNone', { query })}</li>}
          {hits.map((hit, index) => (
            <li key={`${hit.kind} ${hit.zh} ${index}`} id={`${listId}-${index}`} role="option" aria-selected={index === active}
              onPointerDown={event => { event.preventDefault(); choose(hit) }} onPointerEnter={() => setActive(index)}>
              <b>{lang === 'en' && hit.en ? hit.en : hit.zh}</b>
              <span className="soft">{lang === 'en' && hit.en ? hit.zh : hit.en}</span>
              <em>{t(`hit.${hit.kind}`, { defaultValue: t('hit.place') })}</em>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
