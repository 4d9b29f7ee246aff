import { Fragment, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ValidationStatus } from '../../analysis'
import type { PackManifest } from '../../city'
import type { Scenario } from '../../scenario'
import { labelOf } from '../model/labels'
import { fixed, whole } from '../model/format'
import type { GroupNames } from '../model/groupNames'
import { KpiTable } from '../panels/compare/KpiTable'
import { groupsOf, GroupTable, TripCounts, tripGroupings } from '../panels/compare/TripGroups'
import { VariantTable } from '../panels/compare/VariantTable'
import { Verdicts } from '../panels/compare/Verdicts'
import type { FinishedComparison } from '../../workers'

/** Everything that a report says, gathered; the document only sets it. */
export interface ReportContent {
  readonly title: string
  readonly question: string
  readonly remarks: string
  readonly author: string
  /** When it was written, in words. */
  readonly written: string
  readonly result: FinishedComparison
  /** All that stand beside it against the same baseline, itself among them, with a line for each edit that is switched on: what, where, when. */
  readonly variants: readonly { readonly result: FinishedComparison; readonly edits: readonly { readonly name: string; readonly what: string; readonly window: string }[] }[]
  /** SVG. */
  readonly map: string
  readonly charts: readonly { readonly title: string; readonly svg: string }[]
  readonly roadNames: readonly string[]
  readonly groupName: GroupNames
  readonly validation: ValidationStatus | null
  readonly manifest: PackManifest
  readonly language: 'zh' | 'en'
}

/** A comparison as a document that can be handed on: question, answer, how sure, on what grounds, and how to repeat it. */
export function ReportDocument({ content }: { content: ReportContent }): ReactElement {
  const { t } = useTranslation()
  const { title, question, remarks, author, written, result, variants, map, charts, roadNames, groupName, language } = content
  const { variant, seeds, kpis, events, roads, trips, keeps } = result
  return (
    <main>
      <header>
        <p className="brand">鹏城 Pengcheng · {t('report.kind')}</p>
        <h1>{title}</h1>
        <p className="soft">{[written, author].filter(Boolean).join(' · ')}</p>
      </header>
      <Section title={t('report.question')}><p className="question">{question}</p></Section>
      <Section title={t('report.answer')}>
        <Verdicts kpis={kpis} />
        <TripCounts trips={trips} />
        {remarks && <><h3>{t('report.remarks')}</h3>{remarks.split('\n').map((line, at) => <p key={at}>{line}</p>)}</>}
      </Section>
      {variants.length > 1 && <Section title={t('compare.variants')}><VariantTable variants={variants.map(each => each.result)} /></Section>}
      <Section title={t('report.map')}>
        <figure><div dangerouslySetInnerHTML={{ __html: map }} /><figcaption>{t('report.mapNote')}</figcaption></figure>
      </Section>
      <Section title={t('report.changes')}>
        {variants.map(({ result: { id, variant: { name } }, edits }) => (
          <Fragment key={id}>
            {variants.length > 1 && <h3>{name[language]}</h3>}
            <table><thead><tr><th scope="col">{t('report.change')}</th><th scope="col">{t('report.what')}</th><th scope="col">{t('report.when')}</th></tr></thead>
              <tbody>{edits.map((edit, at) => <tr key={at}><td>{edit.name}</td><td>{edit.what}</td><td>{edit.window}</td></tr>)}</tbody></table>
          </Fragment>
        ))}
      </Section>
      <Section title={t('compare.overTime')}>
        {charts.map(({ title: head, svg }) => <figure key={head}><div dangerouslySetInnerHTML={{ __html: svg }} /><figcaption>{head}. {t('report.chartNote')}</figcaption></figure>)}
      </Section>
      <Section title={t('compare.kpis')}>
        <p className="soft">{t(seeds.length === 1 ? 'compare.oneSeed' : 'compare.howSure')}</p>
        <KpiTable first={t('compare.measure')} kpis={kpis} />
        {events.length > 1 && events.map(event => <KpiTable key={event.event} first={labelOf(variant.edits.find(({ id }) => id === event.event) ?? {}) ?? event.event} kpis={event.kpis} />)}
      </Section>
      <Section title={`${t('compare.roads')} · ${t('compare.roadsUnit')}`}>
        <KpiTable first={t('inspector.road')} kpis={roads.map((road, at) => ({ ...road, name: roadNames[at]! }))} />
      </Section>
      <Section title={t('compare.who')}>
        {tripGroupings.map(by => <GroupTable key={by} first={t(`compare.groupedBy.${by}`)} groups={groupsOf(trips, by)} nameOf={key => groupName(by, key)} />)}
        <p className="soft">{t('compare.noIncome')}</p>
      </Section>
      <Assumptions scenario={variant} against={t(`compare.keeps.${keeps}`)} seeds={seeds} />
      <Validation status={content.validation} language={language} />
      <Repeat scenario={variant} result={result} manifest={content.manifest} />
      <Credits manifest={content.manifest} />
    </main>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return <section><h2>{title}</h2>{children}</section>
}

function Assumptions({ scenario: { demand, window }, against, seeds }: { scenario: Scenario; against: string; seeds: readonly number[] }): ReactElement {
  const { t } = useTranslation()
  return (
    <Section title={t('report.assumptions')}>
      <ul>
        <li>{t('report.window', { start: window.start, end: window.end, against })}</li>
        <li>{t('report.seeds', { count: seeds.length, seeds: seeds.join(', ') })}</li>
        <li>{t('report.demand', { percent: whole(demand.scale * 100), reroute: whole(demand.rerouteShare * 100) })}</li>
        <li>{t('report.paired')}</li>
        <li>{t('report.limits')}</li>
      </ul>
    </Section>
  )
}

function Validation({ status, language }: { status: ValidationStatus | null; language: 'zh' | 'en' }): ReactElement {
  const { t } = useTranslation()
  return (
    <Section title={t('report.validation')}>
      {status === null ? <p>{t('report.notValidated')}</p> : (
        <>
          <p>{t('report.validated', { date: new Date(status.at).toLocaleDateString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'long' }), passed: status.rows - status.failing.length, rows: status.rows })}</p>
          {status.failing.length > 0 && <p>{t('report.failing')} {status.failing.join(', ')}</p>}
        </>
      )}
    </Section>
  )
}

/** The names of the runs, the command that repeats them, and the document itself. */
function Repeat({ scenario, result: { hashes, seeds, keeps }, manifest }: { scenario: Scenario; result: FinishedComparison; manifest: PackManifest }): ReactElement {
  const { t } = useTranslation()
  const text = JSON.stringify(scenario, null, 2)
  const list = seeds.length > 1 ? `${seeds[0]}..${seeds.at(-1)}` : String(seeds[0])
  return (
    <Section title={t('report.repeat')}>
      <p>{t('report.repeatNote')}</p>
      <pre>node bin/pengcheng.js compare {scenario.id}.json --seeds {list} --baseline {keeps}</pre>
      <table><thead><tr><th scope="col">{t('report.seed')}</th><th scope="col">{t('compare.baseline')}</th><th scope="col">{t('compare.variant')}</th></tr></thead>
        <tbody>{hashes.map(({ seed, baseline, variant }) => <tr key={seed}><td>{seed}</td><td><code>{baseline}</code></td><td><code>{variant}</code></td></tr>)}</tbody></table>
      <p>{t('report.city', { id: manifest.id, hash: manifest.layers.find(({ name }) => name === 'network')?.sha256.slice(0, 16) ?? '–' })}</p>
      <p><a download={`${scenario.id}.json`} href={`data:application/json;charset=utf-8,${encodeURIComponent(text)}`}>{t('report.document')}</a></p>
      <details><summary>{t('report.showDocument')}</summary><pre>{text}</pre></details>
    </Section>
  )
}

function Credits({ manifest }: { manifest: PackManifest }): ReactElement {
  const { t } = useTranslation()
  const sources = new Map(manifest.layers.flatMap(layer => layer.sources).map(source => [`${source.name} ${source.date}`, source]))
  return (
    <Section title={t('credits.title')}>
      <ul>{[...sources.values()].map(source => <li key={`${source.name} ${source.date}`}>{source.attribution || source.name} · {source.licence} · {source.date}</li>)}</ul>
      <p className="soft">{t('report.area', { km2: fixed(((manifest.core.bounds[2] - manifest.core.bounds[0]) * (manifest.core.bounds[3] - manifest.core.bounds[1])) / 1e6, 0) })}</p>
    </Section>
  )
}
