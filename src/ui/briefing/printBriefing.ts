import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { i18n, language } from '../i18n'
import { clock } from '../model/format'
import css from '../report/report.css?raw'
import { htmlDocument } from '../report/htmlDocument'
import { Briefing } from './Briefing'
import type { BriefingContent } from './collectBriefing'

/** A briefing as one HTML page that prints on one sheet. */
export const printBriefing = (content: BriefingContent, nameOf: (floor: string | null) => string): string =>
  htmlDocument({ title: i18n.t('briefing.title', { time: clock(content.time) }), language: language(), css, body: `<main>${renderToStaticMarkup(createElement(Briefing, { content, nameOf }))}</main>` })
