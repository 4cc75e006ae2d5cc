// All that asks the reader for an answer. A lesson has each of them, so they come together.
import '../exercise-kinds/question-element.ts';
import '../grading/exercise-element.ts';
import './predict.ts';
