import { Copy, Download, Ellipsis, PencilLine, Trash2, TriangleAlert } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { desk } from '../documents/desk'
import { fileName } from '../documents/names'
import { useLibrary, type Listed } from '../documents/useLibrary'
import { language } from '../i18n'
import { download } from '../model/download'
import { moment } from '../model/format'
import { MenuItem } from '../parts/MenuItem'
import { store, useApp } from '../stores/store'

/** The planner's own documents, the one written last first. */
export function OwnDocuments(): ReactElement {
  const { t } = useTranslation()
  const listed = useLibrary()
  if (listed === null) return <p className="soft">{t('documents.reading')}</p>
  if (listed instanceof Error) return <p className="notice" data-tone="bad">{t('documents.noLibrary', { reason: listed.message })}</p>
  if (listed.length === 0) return <p className="soft" data-testid="own-none">{t('documents.none')}</p>
  return <ul className="rows" data-testid="own-documents">{listed.map(kept => <Row key={kept.key} kept={kept} />)}</ul>
}

function Row({ kept }: { kept: Listed }): ReactElement {
  const { t } = useTranslation()
  const { key, problem, changes, savedAt } = kept
  const open = useApp(({ origin }) => (origin.kind === 'own' || origin.kind === 'elsewhere') && origin.key === key)
  const name = kept.name[language()]
  return (
    <li className="own" data-open={open}>
      <button type="button" className="row-button" aria-current={open} disabled={problem !== null} onClick={() => { if (!open) void desk.openOwn(key) }}>
        <b>{name}</b>
        <span className="soft">
          {moment(savedAt)} · {changes === 0 ? t('scenarios.noChanges') : t('scenarios.changes', { count: changes })}
        </span>
        {problem && <span className="own-problem"><TriangleAlert aria-hidden size="0.9rem" /> {t('documents.unreadable')}: {problem.message}</span>}
      </button>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <button type="button" className="icon-button" aria-label={t('documents.more', { name })}><Ellipsis aria-hidden size="1.1rem" /></button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu glass-strong" align="end" collisionPadding={8}>
            {!problem && <MenuItem icon={PencilLine} text={t('documents.rename')} onSelect={() => store.getState().openDialog('rename', { key, name })} />}
            {!problem && <MenuItem icon={Copy} text={t('documents.duplicate')} onSelect={() => void desk.duplicate(key)} />}
            <MenuItem icon={Download} text={t('scenarios.saveFile')} onSelect={() => download(fileName(kept, language()), problem ? kept.text : `${JSON.stringify(JSON.parse(kept.text), null, 2)}\n`, 'application/json')} />
            <DropdownMenu.Separator className="menu-line" />
            <MenuItem icon={Trash2} text={t('documents.remove')} onSelect={() => void desk.remove(kept)} />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </li>
  )
}
