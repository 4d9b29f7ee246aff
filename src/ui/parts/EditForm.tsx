import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'

interface Props { readonly title: string; readonly tone?: 'closure'; readonly onSubmit: () => void; readonly children: ReactNode }

/** A form within a card that makes a change of the document; comes into view when it opens. An invalid field holds it back. */
export function EditForm({ title, tone, onSubmit, children }: Props): ReactElement {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => { form.current?.scrollIntoView({ block: 'nearest' }) }, [])
  return (
    <form ref={form} noValidate className="edit-form" data-tone={tone} onSubmit={event => {
      event.preventDefault()
      if (isSound(event.currentTarget)) onSubmit()
    }}>
      <h3>{title}</h3>
      {children}
    </form>
  )
}

/** Whether every field of a form can be read; the first that cannot be is brought into view, also from within a fold. */
export function isSound(form: HTMLFormElement): boolean {
  const invalid = form.querySelector<HTMLElement>('[aria-invalid="true"]')
  invalid?.closest('details')?.setAttribute('open', '')
  invalid?.focus()
  return invalid === null
}
