import '@fontsource-variable/inter/index.css'
import '@fontsource-variable/noto-sans-sc/index.css'
import './validate.css'
import { createRoot } from 'react-dom/client'
import { ValidatePage } from './ValidatePage'

createRoot(document.getElementById('root')!).render(<ValidatePage />)
