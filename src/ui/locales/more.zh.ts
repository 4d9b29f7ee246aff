import changes from './changes.zh.json'
import city from './city.zh.json'
import documents from './documents.zh.json'
import people from './people.zh.json'
import results from './results.zh.json'

/** Texts of panels, cards, forms and dialogs. */
export default { ...documents, ...changes, ...city, ...people, ...results }
