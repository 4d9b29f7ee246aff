import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClosableClass } from '../../scenario'
import { Field } from '../parts/Field'
import { Segments } from '../parts/Segments'

/** Who a closure shuts out: everybody, lorries, or all that is no bus, which makes a bus lane. */
const choices = { all: undefined, lorries: ['lorry'], exceptBuses: ['car', 'taxi', 'lorry', 'ebike'] } as const satisfies Record<string, readonly ClosableClass[] | undefined>
type Choice = keyof typeof choices

export function useClasses(): { readonly choice: Choice; readonly classes: readonly ClosableClass[] | undefined; readonly field: ReactElement } {
  const { t } = useTranslation()
  const [choice, setChoice] = useState<Choice>('all')
  return {
    choice, classes: choices[choice],
    field: (
      <Field label={t('closure.who')}>
        <Segments label={t('closure.who')} value={choice} onChange={setChoice} options={[
          { value: 'all', text: t('closure.everybody') }, { value: 'lorries', text: t('closure.lorries') }, { value: 'exceptBuses', text: t('closure.exceptBuses') }]} />
      </Field>
    ),
  }
}
