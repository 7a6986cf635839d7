"""Messages on the exercises of lab 2, other than those on functions that draw weights."""

MESSAGES = {
    # What backward_pass returned, before any number is looked at.
    "backward.not_four_lists": {
        "en": (
            "doesn't return four lists",
            "`backward_pass` returned one `{got}`.",
            "`return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df`: four lists.",
            "What does the next cell unpack?",
        ),
        "ko": (
            "리스트 네 개를 돌려주지 않음",
            "`backward_pass` 함수가 `{got}` 하나를 돌려주었습니다.",
            "`return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df`처럼 리스트 네 개여야 합니다.",
            "다음 셀은 무엇을 나누어 받을까요?",
        ),
    },
    "backward.list_count": {
        "en": (
            "returns {got} lists, not four",
            "`backward_pass` returned {got} things.",
            "Four lists: `all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df`.",
            "Which of the four is missing, or which is one too many?",
        ),
        "ko": (
            "네 개가 아니라 {got}개를 돌려줌",
            "`backward_pass` 함수가 {got}개를 돌려주었습니다.",
            "`all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df`, 리스트 네 개여야 합니다.",
            "네 개 가운데 무엇이 빠졌거나 더 들어갔을까요?",
        ),
    },
    "backward.global_k": {
        "en": (
            "K taken from outside the function",
            "For a network with K={K} your lists have {got} entries, not {want}: your function works with a K "
            "that doesn't come from its arguments.",
            "One entry for every weight matrix it is given.",
            "Where does your function get `K` from, and what if the notebook changes it before the call?",
        ),
        "ko": (
            "K를 함수 밖에서 가져옴",
            "K={K}인 신경망인데 리스트의 항목이 {want}개가 아니라 {got}개입니다. 함수가 인자가 아닌 다른 곳의 K로 계산하고 있습니다.",
            "받은 가중치 행렬마다 항목이 하나씩 있어야 합니다.",
            "함수는 `K`를 어디에서 가져오나요? 호출하기 전에 노트북에서 그 값이 바뀌면 어떻게 될까요?",
        ),
    },
    "backward.k_unknown": {
        "en": (
            "stopped: which K does it use?",
            "Calling `{call}` with K={K} hidden layers, Python stopped with `{type}: {message}`.",
            "A function that learns K from its arguments.",
            "Where does your function get `K` from: from its arguments, or from another cell of the notebook?",
        ),
        "ko": (
            "오류로 멈춤: 어떤 K를 쓰나요?",
            "은닉층이 K={K}개인 신경망으로 `{call}`를 호출하자 Python이 `{type}: {message}` 오류로 멈췄습니다.",
            "인자에서 K를 알아내는 함수여야 합니다.",
            "함수는 `K`를 어디에서 가져오나요? 인자인가요, 노트북의 다른 셀인가요?",
        ),
    },
    "backward.list_length": {
        "en": (
            "a list of a wrong length",
            "`{name}` has {got} entries, not {want}.",
            "Entry k of each list belongs to layer k, from 0 to K.",
            "Does this list begin or end one layer away from the others?",
        ),
        "ko": (
            "리스트의 길이가 다름",
            "`{name}`의 항목이 {want}개가 아니라 {got}개입니다.",
            "모든 리스트에서 항목 k는 0부터 K까지의 k번 층에 해당합니다.",
            "이 리스트만 다른 리스트보다 한 층 먼저나 나중에 시작하거나 끝나지 않나요?",
        ),
    },
    "backward.lists_reversed": {
        "en": (
            "lists in reverse order",
            "Every entry is right, but all lists run from the output to the input.",
            "Entry 0 belongs to the layer next to the input.",
            "In which order does your loop visit the layers, and what does `append` do with that order?",
        ),
        "ko": (
            "리스트의 순서가 거꾸로임",
            "항목은 모두 맞지만 모든 리스트가 출력에서 입력 쪽으로 나열되어 있습니다.",
            "항목 0은 입력 바로 다음 층에 해당합니다.",
            "반복문은 어떤 순서로 층을 지나고, `append`는 그 순서를 어떻게 만들까요?",
        ),
    },
    "backward.dh_and_df_swapped": {
        "en": (
            "dl_dh and dl_df swapped",
            "What you return third is `dl_df`, and what you return fourth is `dl_dh`.",
            "In this order: `all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df`.",
            "Nudge f of one layer, then h: which of your two lists says how the loss changes?",
        ),
        "ko": (
            "dl_dh와 dl_df가 바뀜",
            "세 번째로 돌려준 것이 `dl_df`이고 네 번째로 돌려준 것이 `dl_dh`입니다.",
            "`all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df` 순서여야 합니다.",
            "한 층의 f를 조금 움직여 보고, 다음에는 h를 움직여 보세요. 손실(loss)의 변화를 말해 주는 것은 어느 리스트인가요?",
        ),
    },
    "backward.weights_and_biases_swapped": {
        "en": (
            "dl_dweights and dl_dbiases swapped",
            "What you return first are the derivatives for the biases, and second those for the weights.",
            "In this order: `all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df`.",
            "Which shapes have your first two lists, and which have weights and biases?",
        ),
        "ko": (
            "dl_dweights와 dl_dbiases가 바뀜",
            "첫 번째로 돌려준 것이 편향의 미분값이고 두 번째로 돌려준 것이 가중치의 미분값입니다.",
            "`all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df` 순서여야 합니다.",
            "처음 두 리스트의 모양은 무엇이고, 가중치와 편향의 모양은 무엇일까요?",
        ),
    },
    "backward.same_list": {
        "en": (
            "two names for one list",
            "`{first}` and `{second}` hold the same arrays: what was put into one turned up in the other.",
            "A list of its own for each quantity.",
            "After `a = b = [None] * 3`, how many lists are there?",
        ),
        "ko": (
            "한 리스트에 이름이 두 개",
            "`{first}`, `{second}`에 같은 배열이 들어 있습니다. 한쪽에 넣은 것이 다른 쪽에도 나타났습니다.",
            "값마다 리스트가 따로 있어야 합니다.",
            "`a = b = [None] * 3`을 실행하면 리스트는 몇 개일까요?",
        ),
    },
    "backward.arguments_changed": {
        "en": (
            "changes its arguments",
            "After the call these arguments are no longer what they were: `{names}`.",
            "A function that reads its arguments and changes none of them.",
            "Which of your lines writes into an array that came in, such as `x[x >= 0] = 1` or `d -= y`?",
        ),
        "ko": (
            "인자를 바꿈",
            "호출하고 나면 인자 `{names}`의 값이 원래와 다릅니다.",
            "인자를 읽기만 하고 바꾸지 않는 함수여야 합니다.",
            "`x[x >= 0] = 1`이나 `d -= y`처럼, 받은 배열에 값을 써넣는 줄은 어디일까요?",
        ),
    },
    "backward.layer_missing": {
        "en": (
            "a layer left empty",
            "`{name}[{k}]` is still `None`, in a network with K={K}.",
            "An array in every layer from 0 to K.",
            "With which layer does your loop begin, and with which does it end?",
        ),
        "ko": (
            "비어 있는 층이 있음",
            "K={K}인 신경망에서 `{name}[{k}]`의 값이 아직 `None`입니다.",
            "0부터 K까지 모든 층에 배열이 있어야 합니다.",
            "반복문은 어느 층에서 시작해서 어느 층에서 끝나나요?",
        ),
    },
    "backward.left_at_zero": {
        "en": (
            "a layer left at 0",
            "`{name}[{k}]` is 0 throughout, in a network with K={K} where the loss does depend on it.",
            "A derivative that was computed, for every layer.",
            "Does your loop reach layer {k}, or has the array kept the zeros it was made with?",
        ),
        "ko": (
            "0으로 남은 층이 있음",
            "K={K}인 신경망에서 `{name}[{k}]`의 값이 모두 0인데, 손실(loss)은 이 값에 따라 달라집니다.",
            "모든 층에서 계산한 미분값이 있어야 합니다.",
            "반복문이 {k}번 층까지 가나요, 아니면 배열이 만들 때의 0을 그대로 갖고 있나요?",
        ),
    },
    "backward.shape": {
        "en": (
            "a derivative of a wrong shape",
            "`{name}[{k}]` has shape `{got}`, and what it is the derivative of has shape `{want}`.",
            "A derivative has the shape of the thing itself.",
            "Which axis holds the units and which the data, and which one did you add over?",
        ),
        "ko": (
            "미분값의 모양이 다름",
            "`{name}[{k}]`의 모양(shape)이 `{got}`인데, 미분하는 대상의 모양은 `{want}`입니다.",
            "미분값은 미분하는 대상과 모양이 같아야 합니다.",
            "어느 축이 유닛이고 어느 축이 데이터이며, 그 가운데 어느 축으로 더했나요?",
        ),
    },
    # The five steps, and slips in them.
    "backward.factor_two": {
        "en": (
            "factor 2 missing at the output",
            "`{name}[{k}]`, at the output of a network with K={K}, is half of what it should be.",
            "The derivative of a sum of squares.",
            "What is the derivative of $(f - y)²$ with respect to f?",
        ),
        "ko": (
            "출력에서 배수 2가 빠짐",
            "K={K}인 신경망의 출력에 있는 `{name}[{k}]`의 값이 올바른 값의 절반입니다.",
            "제곱합의 미분이어야 합니다.",
            "$(f - y)²$을 f로 미분하면 무엇일까요?",
        ),
    },
    "backward.sign": {
        "en": (
            "sign turned at the output",
            "`{name}[{k}]`, at the output of a network with K={K}, has the wrong sign.",
            "The derivative of the loss with respect to what the network gives, not to y.",
            "If the output is larger than y and grows further, does the loss grow or fall?",
        ),
        "ko": (
            "출력에서 부호가 반대",
            "K={K}인 신경망의 출력에 있는 `{name}[{k}]`의 부호가 반대입니다.",
            "y가 아니라 신경망의 출력으로 손실(loss)을 미분해야 합니다.",
            "출력이 y보다 큰데 더 커지면 손실은 커질까요, 작아질까요?",
        ),
    },
    "backward.target_ignored": {
        "en": (
            "y not used",
            "`{name}[{k}]`, at the output of a network with K={K}, is twice the output: y was left out.",
            "A derivative that is 0 where the output equals y.",
            "With the y = 0 of the lab's data, would you have noticed?",
        ),
        "ko": (
            "y를 쓰지 않음",
            "K={K}인 신경망의 출력에 있는 `{name}[{k}]`의 값이 출력의 두 배입니다. y가 빠졌습니다.",
            "출력이 y와 같으면 0이 되는 미분값이어야 합니다.",
            "실습 데이터처럼 y = 0이면 이 실수를 알아챘을까요?",
        ),
    },
    "backward.loss_itself": {
        "en": (
            "loss in place of its derivative",
            "`{name}[{k}]`, at the output of a network with K={K}, is the squared difference itself.",
            "The derivative of the squared difference.",
            "How does $(f - y)²$ change when f grows a little?",
        ),
        "ko": (
            "미분값 대신 손실 자체",
            "K={K}인 신경망의 출력에 있는 `{name}[{k}]`의 값이 차이의 제곱 그 자체입니다.",
            "차이의 제곱을 미분한 값이어야 합니다.",
            "f가 조금 커지면 $(f - y)²$은 어떻게 바뀔까요?",
        ),
    },
    "backward.relu_at_output": {
        "en": (
            "ReLU applied at the output",
            "`{name}[{k}]`, at the output of a network with K={K}, is 0 wherever the output is negative.",
            "The last layer has no ReLU after it.",
            "Where in the forward pass is ReLU called, and where isn't it?",
        ),
        "ko": (
            "출력에 ReLU를 적용",
            "K={K}인 신경망의 출력에 있는 `{name}[{k}]`의 값이 출력이 음수인 곳에서 모두 0입니다.",
            "마지막 층 뒤에는 ReLU가 없습니다.",
            "순전파(forward pass)에서 ReLU를 부르는 곳은 어디이고, 부르지 않는 곳은 어디일까요?",
        ),
    },
    "backward.mean_not_sum": {
        "en": (
            "mean over the batch, not sum",
            "`{name}[{k}]` is smaller than it should be by the batch: you took a mean over the n={n} data points.",
            "The loss is a sum over the data, and so is its derivative.",
            "What does the loss function of this lab do with the data points, `np.sum` or `np.mean`?",
        ),
        "ko": (
            "배치의 합 대신 평균",
            "`{name}[{k}]`의 값이 배치(batch) 크기만큼 작습니다. 데이터 n={n}개의 평균을 냈습니다.",
            "손실(loss)이 데이터에 대한 합이므로 그 미분도 합이어야 합니다.",
            "이 실습의 손실 함수는 데이터를 `np.sum`으로 모을까요, `np.mean`으로 모을까요?",
        ),
    },
    "backward.one_sample": {
        "en": (
            "one data point only",
            "`{name}[{k}]` comes from a single data point of the n={n} in the batch.",
            "All columns of the batch go in.",
            "Which of your lines picks one column, or keeps only the last round of a loop?",
        ),
        "ko": (
            "데이터 하나만 사용",
            "`{name}[{k}]`의 값이 배치(batch)에 있는 n={n}개 가운데 데이터 하나로만 계산되었습니다.",
            "배치의 모든 열이 들어가야 합니다.",
            "열 하나만 고르거나, 반복문의 마지막 결과만 남기는 줄은 어디일까요?",
        ),
    },
    "backward.transpose_forgotten": {
        "en": (
            "transpose of the weights forgotten",
            "`{name}[{k}]` was computed with the weights as they are, not transposed; with equal widths that "
            "gives no error.",
            "Backward, each unit of a layer adds over the units that it led to.",
            "In `W @ h`, entry $W[i, j]$ leads from unit j to unit i: from where to where must it lead now?",
        ),
        "ko": (
            "가중치의 전치를 빠뜨림",
            "`{name}[{k}]`의 값을 계산할 때 가중치를 전치(transpose)하지 않고 그대로 곱했습니다. 너비가 같으면 오류가 나지 않습니다.",
            "거꾸로 갈 때는 유닛마다, 그 유닛에서 이어지는 다음 층의 모든 유닛에 대해 더합니다.",
            "`W @ h`에서 항목 $W[i, j]$는 유닛 j에서 유닛 i로 이어집니다. 이제는 어디에서 어디로 이어져야 할까요?",
        ),
    },
    "backward.dh_is_df": {
        "en": (
            "dl_dh has the ReLU in it already",
            "`{name}[{k}]` is 0 where the unit below is off: it is the derivative for f, under the name of h.",
            "`dl_dh` comes before the indicator is applied, `dl_df` after it.",
            "Nudge h of a unit that is off: does the loss change?",
        ),
        "ko": (
            "dl_dh에 이미 ReLU가 들어 있음",
            "`{name}[{k}]`의 값이 꺼진 유닛에서 0입니다. 이름은 h지만 f에 대한 미분값입니다.",
            "`dl_dh`는 지시함수(indicator)를 곱하기 전, `dl_df`는 곱한 뒤의 값입니다.",
            "꺼진 유닛의 h를 조금 움직이면 손실(loss)이 바뀔까요?",
        ),
    },
    "backward.dh_shifted": {
        "en": (
            "dl_dh off by one layer",
            "Every entry of `dl_dh` holds what belongs to the entry after it.",
            "`dl_dh[k]` is the derivative for `all_h[k]`; `all_h[0]` is the input.",
            "Which `all_h` goes into the product with `all_weights[1]`?",
        ),
        "ko": (
            "dl_dh가 한 층 밀림",
            "`dl_dh`의 모든 항목에 바로 다음 항목에 들어갈 값이 있습니다.",
            "`dl_dh[k]`는 `all_h[k]`의 미분값이고, `all_h[0]`은 입력입니다.",
            "`all_weights[1]`과 곱해지는 것은 어느 `all_h`일까요?",
        ),
    },
    "backward.weights_off_by_one": {
        "en": (
            "weights of a neighbouring layer",
            "`{name}[{k}]` was computed with the weights of a neighbouring layer.",
            "The weights that lead from h[k] to f[k].",
            "In the forward pass, which matrix multiplies `all_h[{k}]`?",
        ),
        "ko": (
            "옆 층의 가중치 사용",
            "`{name}[{k}]`의 값을 계산할 때 옆 층의 가중치를 썼습니다.",
            "h[k]에서 f[k]로 이어지는 가중치를 써야 합니다.",
            "순전파(forward pass)에서 `all_h[{k}]`에 곱하는 행렬은 무엇일까요?",
        ),
    },
    "backward.gradient_off_by_one": {
        "en": (
            "gradient of a neighbouring layer",
            "`{name}[{k}]` was computed from the `dl_df` of another layer.",
            "The gradient that has just come back to the same layer's f.",
            "Which f does `all_weights[{k}]` lead to?",
        ),
        "ko": (
            "옆 층의 기울기 사용",
            "`{name}[{k}]`의 값을 다른 층의 `dl_df`로 계산했습니다.",
            "같은 층의 f까지 막 돌아온 기울기(gradient)를 써야 합니다.",
            "`all_weights[{k}]`는 어느 f로 이어질까요?",
        ),
    },
    "backward.dh_differs": {
        "en": (
            "dl_dh is wrong",
            "`{name}[{k}]` doesn't follow from your own `dl_df[{k}]`: for instance its entry {place} is {value}.",
            "Weights and gradient of the same layer, multiplied.",
            "On one small case, by hand: which products add up to that entry?",
        ),
        "ko": (
            "dl_dh가 틀림",
            "`{name}[{k}]`의 값이 직접 계산한 `dl_df[{k}]`에서 나오는 값이 아닙니다. 예를 들어 항목 {place}의 값이 {value}입니다.",
            "같은 층의 가중치와 기울기(gradient)를 곱해야 합니다.",
            "작은 예에서 손으로 계산해 보세요. 그 항목은 어떤 곱들의 합일까요?",
        ),
    },
    "backward.relu_ignored": {
        "en": (
            "no unit switched off",
            "`{name}[{k}]` is the whole `dl_dh` of the next layer: the indicator is missing, or it was taken of "
            "h with `>= 0`, and h is never negative.",
            "0 for every unit whose f is below 0.",
            "What does your indicator give for a unit with f = -1, whose h is 0?",
        ),
        "ko": (
            "꺼진 유닛이 하나도 없음",
            "`{name}[{k}]`의 값이 다음 층의 `dl_dh`와 똑같습니다. 지시함수(indicator)가 없거나, 음수가 되지 않는 h에 `>= 0`을 썼습니다.",
            "f가 0보다 작은 유닛에서는 0이어야 합니다.",
            "f = -1이고 h가 0인 유닛에서 지시함수의 값은 얼마인가요?",
        ),
    },
    "backward.indicator_on_h": {
        "en": (
            "indicator taken of the h before",
            "`{name}[{k}]` is switched off by the signs of `all_h[{k}]`, which goes into this layer, not by "
            "what comes out of it.",
            "The indicator of this layer's own preactivation.",
            "Which number decided in the forward pass whether this unit was on?",
        ),
        "ko": (
            "앞쪽 h로 지시함수를 계산",
            "`{name}[{k}]`의 값이 이 층에서 나오는 값이 아니라 이 층에 들어가는 `all_h[{k}]`의 부호에 따라 꺼졌습니다.",
            "이 층 자신의 사전 활성값(preactivation)의 지시함수(indicator)여야 합니다.",
            "순전파(forward pass)에서 이 유닛이 켜질지를 정한 수는 무엇이었을까요?",
        ),
    },
    "backward.indicator_wrong_layer": {
        "en": (
            "indicator of another layer",
            "`{name}[{k}]` is switched off by the f of a neighbouring layer.",
            "The indicator of the f that this derivative is for.",
            "When you compute `dl_df[{k}]`, whose ReLU are you going back through?",
        ),
        "ko": (
            "다른 층의 지시함수",
            "`{name}[{k}]`의 값이 옆 층의 f에 따라 꺼졌습니다.",
            "미분하는 바로 그 f의 지시함수(indicator)여야 합니다.",
            "`dl_df[{k}]`의 값을 계산할 때 어느 층의 ReLU를 거슬러 가고 있나요?",
        ),
    },
    "backward.indicator_reversed": {
        "en": (
            "indicator the wrong way round",
            "`{name}[{k}]` is 0 for the units that are on, and not for those that are off.",
            "1 where the unit was on, 0 where it was off.",
            "For f = 3, what is the slope of ReLU?",
        ),
        "ko": (
            "지시함수가 반대",
            "`{name}[{k}]`의 값이 켜진 유닛에서 0이고, 꺼진 유닛에서는 0이 아닙니다.",
            "켜진 유닛에서 1, 꺼진 유닛에서 0이어야 합니다.",
            "f = 3일 때 ReLU의 기울기는 얼마일까요?",
        ),
    },
    "backward.activation_for_slope": {
        "en": (
            "value of the ReLU in place of its slope",
            "`{name}[{k}]` is multiplied by the value of f or h, not by the slope of ReLU.",
            "A slope, which is 0 or 1.",
            "If f is 3 and grows by 0.1, by how much does h grow?",
        ),
        "ko": (
            "ReLU의 기울기 대신 값을 곱함",
            "`{name}[{k}]`에 ReLU의 기울기가 아니라 f나 h의 값을 곱했습니다.",
            "0이나 1인 기울기(slope)를 곱해야 합니다.",
            "f가 3에서 0.1만큼 커지면 h는 얼마나 커질까요?",
        ),
    },
    "backward.indicator_of_gradient": {
        "en": (
            "ReLU of the gradient itself",
            "`{name}[{k}]` has no negative entry: the gradient itself went through a ReLU.",
            "Switched off where f is below 0, whatever the sign of the gradient.",
            "May a derivative be negative?",
        ),
        "ko": (
            "기울기 자체에 ReLU를 적용",
            "`{name}[{k}]`에 음수가 없습니다. 기울기(gradient) 자체를 ReLU에 넣었습니다.",
            "기울기의 부호와 상관없이 f가 0보다 작은 곳에서 꺼져야 합니다.",
            "미분값은 음수일 수 있을까요?",
        ),
    },
    "backward.df_differs": {
        "en": (
            "dl_df behind a ReLU is wrong",
            "`{name}[{k}]` doesn't follow from your own `dl_dh` of the next layer: for instance its entry "
            "{place} is {value}.",
            "What came back for h, where the unit was on, and 0 elsewhere.",
            "For which units should the two lists agree exactly?",
        ),
        "ko": (
            "ReLU를 거슬러 간 dl_df가 틀림",
            "`{name}[{k}]`의 값이 직접 계산한 다음 층의 `dl_dh`에서 나오는 값이 아닙니다. 예를 들어 항목 {place}의 값이 {value}입니다.",
            "켜진 유닛에서는 h로 돌아온 값, 나머지에서는 0이어야 합니다.",
            "두 리스트가 정확히 같아야 하는 유닛은 어느 것일까요?",
        ),
    },
    "backward.output_differs": {
        "en": (
            "dl_df at the output is wrong",
            "`{name}[{k}]`, at the output of a network with K={K}, is not the derivative of the loss: for "
            "instance its entry {place} is {value}.",
            "The derivative of the sum of $(f - y)²$.",
            "Nudge one output by 0.001: by how much does the loss change?",
        ),
        "ko": (
            "출력의 dl_df가 틀림",
            "K={K}인 신경망의 출력에 있는 `{name}[{k}]`의 값이 손실(loss)의 미분값이 아닙니다. 예를 들어 항목 {place}의 값이 {value}입니다.",
            "$(f - y)²$의 합을 미분한 값이어야 합니다.",
            "출력 하나를 0.001만큼 움직이면 손실은 얼마나 바뀔까요?",
        ),
    },
    "backward.h_off_by_one": {
        "en": (
            "h of a neighbouring layer",
            "`{name}[{k}]` was computed with the `all_h` of a neighbouring layer.",
            "The h that these weights multiply in the forward pass.",
            "Which `all_h` does `all_weights[{k}]` multiply?",
        ),
        "ko": (
            "옆 층의 h 사용",
            "`{name}[{k}]`의 값을 옆 층의 `all_h`로 계산했습니다.",
            "순전파(forward pass)에서 이 가중치와 곱해지는 h를 써야 합니다.",
            "`all_weights[{k}]`와 곱해지는 것은 어느 `all_h`일까요?",
        ),
    },
    "backward.f_for_h": {
        "en": (
            "f in place of h",
            "`{name}[{k}]` was computed with preactivations, where the negative ones are still in.",
            "What really went into the product: the activation.",
            "What is between f of one layer and the weights of the next?",
        ),
        "ko": (
            "h 대신 f 사용",
            "`{name}[{k}]`의 값을 음수가 그대로 남아 있는 사전 활성값(preactivation)으로 계산했습니다.",
            "곱에 실제로 들어간 활성값(activation)을 써야 합니다.",
            "한 층의 f와 다음 층의 가중치 사이에는 무엇이 있을까요?",
        ),
    },
    "backward.dh_for_df": {
        "en": (
            "dl_dh in place of dl_df",
            "`{name}[{k}]` was computed from the derivative for h, before the ReLU was gone back through.",
            "The derivative for f of the same layer.",
            "Can the weights of a unit that is off change the loss?",
        ),
        "ko": (
            "dl_df 대신 dl_dh 사용",
            "`{name}[{k}]`의 값을 ReLU를 거슬러 가기 전의, h에 대한 미분값으로 계산했습니다.",
            "같은 층의 f에 대한 미분값을 써야 합니다.",
            "꺼진 유닛의 가중치가 손실(loss)을 바꿀 수 있을까요?",
        ),
    },
    "backward.weights_transposed": {
        "en": (
            "weight gradient turned over",
            "`{name}[{k}]` is the right product turned over: rows and columns are exchanged.",
            "The shape of the weights themselves, $(width out, width in)$.",
            "In `W - 0.1 * dl_dW`, which entry must stand under $W[i, j]$?",
        ),
        "ko": (
            "가중치의 미분값이 뒤집힘",
            "`{name}[{k}]`의 값이 올바른 곱을 뒤집은 것입니다. 행과 열이 바뀌었습니다.",
            "가중치와 같은 모양, $(width out, width in)$이어야 합니다.",
            "`W - 0.1 * dl_dW`에서 $W[i, j]$에 맞춰 놓일 항목은 무엇일까요?",
        ),
    },
    "backward.h_not_transposed": {
        "en": (
            "transpose of h forgotten",
            "`{name}[{k}]` was computed with h as it is; that only goes through because the batch is as large "
            "as the layer is wide.",
            "A sum over the data points of gradient times activation.",
            "Over which axis must the product add up: the units, or the data?",
        ),
        "ko": (
            "h의 전치를 빠뜨림",
            "`{name}[{k}]`의 값을 계산할 때 h를 그대로 곱했습니다. 배치(batch) 크기와 층의 너비가 같아서 계산이 되었을 뿐입니다.",
            "기울기와 활성값의 곱을 데이터에 대해 더해야 합니다.",
            "이 곱은 유닛과 데이터 가운데 어느 축으로 더해야 할까요?",
        ),
    },
    "backward.weights_differs": {
        "en": (
            "dl_dweights is wrong",
            "`{name}[{k}]` doesn't follow from your own `dl_df[{k}]`: for instance its entry {place} is {value}.",
            "For each weight, gradient of the unit it leads to times activation it comes from, added up over the data.",
            "Nudge this one weight: through which unit does the loss notice?",
        ),
        "ko": (
            "dl_dweights가 틀림",
            "`{name}[{k}]`의 값이 직접 계산한 `dl_df[{k}]`에서 나오는 값이 아닙니다. 예를 들어 항목 {place}의 값이 {value}입니다.",
            "가중치마다, 이어지는 유닛의 기울기와 출발하는 활성값을 곱해 데이터에 대해 더해야 합니다.",
            "이 가중치 하나를 조금 움직이면 그 영향은 어느 유닛을 거쳐 손실(loss)에 이를까요?",
        ),
    },
    "backward.bias_flat": {
        "en": (
            "bias gradient is not a column",
            "`{name}[{k}]` has the right numbers in shape `{got}`, and the bias itself has shape `{want}`.",
            "The shape of the bias.",
            "What does numpy make of `b - 0.1 * db` for these two shapes?",
        ),
        "ko": (
            "편향의 미분값이 열벡터가 아님",
            "`{name}[{k}]`의 값은 맞지만 모양(shape)이 `{got}`입니다. 편향 자체의 모양은 `{want}`입니다.",
            "편향(bias)과 모양이 같아야 합니다.",
            "두 모양이 이럴 때 numpy가 계산한 `b - 0.1 * db`는 어떤 모양일까요?",
        ),
    },
    "backward.bias_over_units": {
        "en": (
            "bias gradient added over the units",
            "`{name}[{k}]` has shape `{got}`: you added over the units and kept the data apart.",
            "One number for each unit, added over the data.",
            "A bias is shared: by the units of a layer, or by the data points?",
        ),
        "ko": (
            "편향의 미분값을 유닛에 대해 더함",
            "`{name}[{k}]`의 모양(shape)이 `{got}`입니다. 유닛에 대해 더하고 데이터는 따로 남겨 두었습니다.",
            "데이터에 대해 더해, 유닛마다 숫자가 하나씩 있어야 합니다.",
            "편향(bias) 하나를 함께 쓰는 것은 한 층의 유닛들일까요, 데이터들일까요?",
        ),
    },
    "backward.bias_over_all": {
        "en": (
            "bias gradient added over everything",
            "`{name}[{k}]` has shape `{got}`: units and data were added up into one number.",
            "One number for each unit, added over the data alone.",
            "How many biases has this layer?",
        ),
        "ko": (
            "편향의 미분값을 모두 더함",
            "`{name}[{k}]`의 모양(shape)이 `{got}`입니다. 유닛과 데이터를 모두 더해 수 하나로 만들었습니다.",
            "데이터에 대해서만 더해, 유닛마다 숫자가 하나씩 있어야 합니다.",
            "이 층에는 편향(bias)이 몇 개 있을까요?",
        ),
    },
    "backward.bias_from_dh": {
        "en": (
            "bias gradient from dl_dh",
            "`{name}[{k}]` was added up from the derivative for h, before the ReLU was gone back through.",
            "The derivative for f of the same layer, added over the data.",
            "Can the bias of a unit that is off for all data change the loss?",
        ),
        "ko": (
            "편향의 미분값을 dl_dh로 계산",
            "`{name}[{k}]`의 값을 ReLU를 거슬러 가기 전의, h에 대한 미분값을 더해 만들었습니다.",
            "같은 층의 f에 대한 미분값을 데이터에 대해 더해야 합니다.",
            "모든 데이터에서 꺼져 있는 유닛의 편향이 손실(loss)을 바꿀 수 있을까요?",
        ),
    },
    "backward.biases_differs": {
        "en": (
            "dl_dbiases is wrong",
            "`{name}[{k}]` doesn't follow from your own `dl_df[{k}]`: for instance its entry {place} is {value}.",
            "For each unit, its gradient added up over the data.",
            "By how much does f of a unit change when its bias grows by 1?",
        ),
        "ko": (
            "dl_dbiases가 틀림",
            "`{name}[{k}]`의 값이 직접 계산한 `dl_df[{k}]`에서 나오는 값이 아닙니다. 예를 들어 항목 {place}의 값이 {value}입니다.",
            "유닛마다 기울기(gradient)를 데이터에 대해 더해야 합니다.",
            "편향이 1만큼 커지면 그 유닛의 f는 얼마나 바뀔까요?",
        ),
    },
    "backward.bias_per_sample": {
        "en": (
            "bias gradient not summed over the batch",
            "`{name}[{k}]` has shape `{got}`: the bias gradient of each data point by itself, not summed over "
            "the batch.",
            "For one data point per call this is exact, and it costs nothing here; to train on a batch you "
            "would have to add over the n={n} columns.",
        ),
        "ko": (
            "편향의 미분값을 배치에 대해 더하지 않음",
            "`{name}[{k}]`의 모양(shape)이 `{got}`입니다. 배치(batch)에 대해 더하지 않은, 데이터마다 따로 계산한 값입니다.",
            "한 번에 데이터 하나씩 호출하면 정확하므로 여기서는 감점하지 않습니다. 배치로 학습하려면 n={n}개 열에 대해 더해야 합니다.",
        ),
    },
    # mislabelled_print
    "print.name_blank": {
        "en": ("name of the quantity still blank", "The name of the printed quantity is still missing."),
        "ko": ("값의 이름이 비어 있음", "출력된 값의 이름이 아직 없습니다."),
    },
    "print.std_blank": {
        "en": ("number still blank", "The standard deviation of the real dl/dh is still missing."),
        "ko": ("숫자가 비어 있음", "실제 dl/dh의 표준편차(standard deviation)가 아직 없습니다."),
    },
    "print.label_believed": {
        "en": (
            "took the label at its word",
            "You named `{name}`, which is what the label says.",
            "The list that the printed numbers are computed from.",
            "For which of the lists in `result` does `np.std` of entry 1 give the printed number?",
        ),
        "ko": (
            "이름표를 그대로 믿음",
            "이름표에 적힌 대로 `{name}`이라고 답했습니다.",
            "출력된 숫자를 계산한 리스트의 이름이어야 합니다.",
            "`result`의 어느 리스트에서 항목 1에 `np.std`를 쓰면 출력된 숫자가 나올까요?",
        ),
    },
    "print.parameters": {
        "en": (
            "named a derivative for parameters",
            "You named `{name}`, a derivative for parameters: it has no column for each data point.",
            "The list that the printed numbers are computed from.",
            "The print goes over a table of units by data points: which of the four lists has that shape?",
        ),
        "ko": (
            "파라미터의 미분값이라고 답함",
            "`{name}`이라고 답했는데, 이것은 파라미터(parameter)의 미분값이어서 데이터마다 열이 있지 않습니다.",
            "출력된 숫자를 계산한 리스트의 이름이어야 합니다.",
            "출력은 유닛과 데이터로 된 표에서 계산합니다. 네 리스트 가운데 그런 모양은 어느 것일까요?",
        ),
    },
    "print.name_unknown": {
        "en": (
            "not one of the four quantities",
            "You named `{name}`, which is none of the four lists that `backward_pass` returns.",
            "One of `dl_dweights`, `dl_dbiases`, `dl_dh`, `dl_df`.",
            "Which list do the printed numbers come from?",
        ),
        "ko": (
            "네 가지 값 가운데 하나가 아님",
            "`{name}`이라고 답했는데, `backward_pass`가 돌려주는 네 리스트에 없는 이름입니다.",
            "`dl_dweights`, `dl_dbiases`, `dl_dh`, `dl_df` 가운데 하나여야 합니다.",
            "출력된 숫자는 어느 리스트에서 나왔을까요?",
        ),
    },
    "print.same_number": {
        "en": (
            "the printed number again",
            "You gave {got}, the number that is printed at layer 1 already ({shown}).",
            "The standard deviation of the quantity that the label names.",
            "If the label is wrong about the quantity, can the printed number be the one it promises?",
        ),
        "ko": (
            "출력된 숫자 그대로",
            "답이 {got}인데, 1번 층에 이미 출력된 숫자({shown})입니다.",
            "이름표가 말하는 값의 표준편차(standard deviation)여야 합니다.",
            "이름표가 틀렸다면, 출력된 숫자가 이름표에 적힌 값일 수 있을까요?",
        ),
    },
    "print.variance": {
        "en": (
            "variance in place of the standard deviation",
            "You gave {got}, a variance; beside it is printed {shown}, a standard deviation.",
            "A standard deviation.",
            "What does `np.std` do after `np.var`?",
        ),
        "ko": (
            "표준편차 대신 분산",
            "답이 {got}인데 분산(variance)입니다. 출력된 {shown}은 표준편차입니다.",
            "표준편차(standard deviation)여야 합니다.",
            "`np.std`는 `np.var`에서 무엇을 더 하나요?",
        ),
    },
    "print.other_layer": {
        "en": (
            "number of another layer",
            "You gave {got}, which belongs to another layer than layer 1 (printed there: {shown}).",
            "The real dl/dh at layer 1.",
            "Is entry 0 of your list the input or the first hidden layer?",
        ),
        "ko": (
            "다른 층의 숫자",
            "답이 {got}인데 1번 층이 아닌 다른 층의 값입니다(1번 층에 출력된 값: {shown}).",
            "1번 층의 실제 dl/dh여야 합니다.",
            "리스트의 항목 0은 입력일까요, 첫 은닉층일까요?",
        ),
    },
    "print.other_number": {
        "en": (
            "not the std of the real dl/dh",
            "You gave {got}, which is not the standard deviation of the real dl/dh at layer 1 (printed there: "
            "{shown}).",
            "`np.std` over all units and all 100 data points of the small network.",
            "Did all units and all data points go in, and is `result` still what the cell above the exercise "
            "put into it?",
        ),
        "ko": (
            "실제 dl/dh의 표준편차가 아님",
            "답이 {got}인데 1번 층의 실제 dl/dh의 표준편차(standard deviation)가 아닙니다(그 층에 출력된 값: {shown}).",
            "작은 신경망의 모든 유닛과 데이터 100개에 대해 `np.std`를 구해야 합니다.",
            "모든 유닛과 모든 데이터가 들어갔나요? `result`는 아직 문제 위의 셀에서 넣은 값인가요?",
        ),
    },
}
