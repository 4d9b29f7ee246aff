import { useEffect, useState, type ReactElement } from 'react'
import { VALIDATION_KEY, type ValidationRow, type ValidationStatus } from '../../analysis'
import { partText, say, unitText, type Language } from './texts'
import type { Progress } from './validateWorker'

interface Run { readonly done: number; readonly of: number; readonly rows: readonly ValidationRow[]; readonly error: string | null }
const NOTHING: Run = { done: 0, of: 0, rows: [], error: null }
/** Cases that take minutes run only where the address ends in ?long. */
const LONG = new URLSearchParams(location.search).has('long')
const LANGUAGE_KEY = 'pengcheng.language' // the city view keeps its choice there too

function languageAtStart(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY)
  if (kept === 'zh' || kept === 'en') return kept
  return navigator.languages.some(language => language.toLowerCase().startsWith('zh')) ? 'zh' : 'en'
}

/** Runs all suites in a worker and shows every row as it comes. */
export function ValidatePage(): ReactElement {
  const [language, setLanguage] = useState(languageAtStart)
  const run = useRun()
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    document.title = `${say(language, 'title')} · 鹏城 Pengcheng`
  }, [language])
  const choose = (next: Language): void => {
    localStorage.setItem(LANGUAGE_KEY, next)
    setLanguage(next)
  }
  const failing = run.rows.filter(({ pass }) => !pass)
  const finished = run.done > 0 && run.done === run.of
  const themes = [...new Set(run.rows.map(themeOf))]
  return (
    <main>
      <header>
        <a href="./">鹏城 Pengcheng</a>
        <h1>{say(language, 'title')}</h1>
        <button type="button" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>{say(language, 'other')}</button>
        <a href="./">{say(language, 'back')}</a>
      </header>
      <p className="soft">{say(language, 'intro')} <a href={LONG ? '?' : '?long'}>{say(language, LONG ? 'short' : 'long')}</a></p>
      <section className="summary" aria-live="polite" data-testid="summary" data-finished={finished}>
        {!finished && !run.error && <b>{say(language, 'running', { done: run.done, of: run.of || '…' })}</b>}
        <b data-tone="good">{say(language, 'passed', { n: run.rows.length - failing.length })}</b>
        <b data-tone={failing.length > 0 ? 'bad' : 'good'}>{say(language, 'failed', { n: failing.length })}</b>
        <button type="button" disabled={!finished && !run.error} onClick={() => location.reload()}>{say(language, 'again')}</button>
        <progress value={run.done} max={run.of || 1} aria-label={say(language, 'title')} />
      </section>
      {run.error && <p role="alert" data-tone="bad">{say(language, 'stopped', { reason: run.error })}</p>}
      {failing.length > 0 && <Rows language={language} head={say(language, 'failures')} rows={failing} />}
      {themes.map(theme => (
        <Rows key={theme} language={language} head={theme.split(' ').map(part => partText(language, part) ?? part).join(' · ')} rows={run.rows.filter(row => themeOf(row) === theme)} />
      ))}
    </main>
  )
}

const themeOf = ({ suite, case: name }: ValidationRow): string => `${suite} ${name.split('/')[0]}`

function useRun(): Run {
  const [run, setRun] = useState(NOTHING)
  useEffect(() => {
    const worker = new Worker(new URL('./validateWorker.ts', import.meta.url), { type: 'module', name: 'validation' })
    const all: ValidationRow[] = []
    worker.postMessage(LONG)
    worker.onmessage = ({ data: { done, of, rows } }: MessageEvent<Progress>) => {
      all.push(...rows)
      // A report made later says how the model fared.
      if (done === of) localStorage.setItem(VALIDATION_KEY, JSON.stringify({ at: Date.now(), rows: all.length, failing: all.filter(({ pass }) => !pass).map(row => row.case) } satisfies ValidationStatus))
      setRun({ done, of, rows: [...all], error: null })
    }
    worker.onerror = event => {
      event.preventDefault()
      setRun(before => ({ ...before, error: event.message || 'validateWorker' }))
    }
    return () => worker.terminate()
  }, [])
  return run
}

function Rows({ language, head, rows }: { language: Language; head: string; rows: readonly ValidationRow[] }): ReactElement {
  return (
    <section>
      <h2>{head}</h2>
      <div className="table-wrap">
        <table>
          <thead><tr>{(['case', 'expected', 'measured', 'verdict', 'source'] as const).map(key => <th key={key} scope="col">{say(language, key)}</th>)}</tr></thead>
          <tbody>
            {rows.map(row => (
              <tr key={row.case} data-pass={row.pass} data-case={row.case}>
                <th scope="row" title={row.case}>{row.case.split('/').slice(1).map(part => partText(language, part) ?? part).join(' · ') || partText(language, row.case) || row.case}</th>
                <td>{figure(row.expected)} ± {figure(row.tolerance)} <small>{unitText(language, row.unit)}</small></td>
                <td>{row.measured === null ? say(language, 'nothing') : figure(row.measured)}</td>
                <td><b data-tone={row.pass ? 'good' : 'bad'}>{row.pass ? '✓' : '✗'} {say(language, row.pass ? 'pass' : 'fail')}</b></td>
                <td className="source">{row.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** Four digits; what is next to nothing by its power of ten. */
function figure(value: number): string {
  if (value === 0) return '0'
  return Math.abs(value) < 1e-3 ? value.toExponential(0) : String(Number(value.toPrecision(4)))
}
