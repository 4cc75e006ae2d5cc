// Loads every family of operations; the order here is the order in which PyTorch's overloads are tried.
import './arithmetic.ts';
import './unary.ts';
import './copy.ts';
import './view.ts';
import './broadcast.ts';
import './inplace.ts';
import './inplace_forms.ts';
import './compare.ts';
import './choose.ts';
import './division.ts';
import './power.ts';
import './reduce.ts';
import './matmul.ts';
import './join.ts';
import './indexing.ts';
import './creation.ts';
import './getitem.ts';
