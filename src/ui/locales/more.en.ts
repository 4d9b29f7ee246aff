import changes from './changes.en.json'
import city from './city.en.json'
import documents from './documents.en.json'
import people from './people.en.json'
import results from './results.en.json'

/** Texts of panels, cards, forms and dialogs. */
export default { ...documents, ...changes, ...city, ...people, ...results }
