import { useId, useRef, useState, type InputHTMLAttributes, type KeyboardEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { language } from '../i18n'
import type { PlaceHit } from '../model/cityModel'
import { useHits } from './useHits'

interface Props extends Pick<InputHTMLAttributes<HTMLInputElement>, 'id' | 'placeholder' | 'title'> {
  readonly label: string
  /** Persons and vehicles are found by their numbers. */
  readonly numbers?: boolean
  /** What stands in the field while nobody types. */
  readonly chosen?: string
  readonly onChoose: (hit: PlaceHit) => void
  /** Somebody typed, and went on without choosing. */
  readonly onLeave?: (text: string) => void
}

/** A field that finds roads, stations and places by 中文, pinyin, initials or English. */
export function PlaceInput({ label, numbers = false, chosen = '', onChoose, onLeave, ...rest }: Props): ReactElement {
  const { t } = useTranslation()
  const [query, setQuery] = useState<string | null>(null)
  const [at, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const settled = useRef(false)
  const listId = useId()
  const lang = language()
  const text = (query ?? '').trim()
  const hits = useHits(text, numbers)
  const active = Math.min(at, Math.max(0, (hits?.length ?? 1) - 1))

  function choose(hit: PlaceHit | undefined): void {
    if (!hit) return
    settle()
    onChoose(hit)
  }
  function settle(): void {
    settled.current = true
    setQuery(null)
    input.current?.blur()
  }
  function leave(): void {
    if (!settled.current && text !== '') onLeave?.(text)
    settled.current = false
    setQuery(null)
  }
  function onKey(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown') setActive(index => Math.min(index + 1, (hits?.length ?? 1) - 1))
    else if (event.key === 'ArrowUp') setActive(index => Math.max(index - 1, 0))
    else if (event.key === 'Enter') { if (hits?.[active] || !onLeave) choose(hits?.[active]); else input.current?.blur() }
    else if (event.key === 'Escape') settle()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <>
      <input ref={input} type="search" value={query ?? chosen} aria-label={label} {...rest}
        role="combobox" aria-expanded={hits !== null} aria-controls={listId} aria-activedescendant={hits?.[active] ? `${listId}-${active}` : undefined}
        autoComplete="off" spellCheck={false} onChange={event => { setQuery(event.target.value); setActive(0) }} onKeyDown={onKey} onBlur={leave} />
      {hits && (
        <ul id={listId} role="listbox" className="hits glass-strong" aria-label={label}>
          {hits.length === 0 && <li className="soft hits-none">{t(numbers && /^#?\d+$/.test(text) ? 'top.searchNoNumber' : 'top.searchNone', { query: text })}</li>}
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
    </>
  )
}
