import type { TFunction } from 'i18next'
import type { Label, ScenarioEdit } from '../../scenario'
import { language } from '../i18n'

/** What an edit or a rule is called in the language of the page, if it has a name of its own. */
export const labelOf = ({ label }: { readonly label?: Label }): string | undefined => (typeof label === 'object' ? label[language()] : label)

/** The name to keep after `typed` was written over it: one in both languages stays unless another is written; empty = none. */
export function labelFrom(typed: string, old: { readonly label?: Label }): { readonly label?: Label } {
  const given = typed.trim()
  return given === '' ? {} : given === labelOf(old) ? { label: old.label! } : { label: given }
}

/** What an edit is called: its own name, else what it is. */
export const editName = (edit: Pick<ScenarioEdit, 'kind' | 'label'>, t: TFunction): string => labelOf(edit) || t(`edits.${edit.kind}`)
