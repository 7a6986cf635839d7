"""Messages on functions that draw weights, for either pass."""

MESSAGES = {
    # What was returned, before any number is looked at.
    "init.not_a_pair": {
        "en": (
            "doesn't return two lists",
            "`{name}` returned one `{type}`, not the weights and the biases.",
            "`return all_weights, all_biases`: two lists.",
            "What would `all_weights, all_biases = {name}(...)` unpack?",
        ),
        "ko": (
            "리스트 두 개를 돌려주지 않음",
            "`{name}` 함수가 가중치와 편향이 아니라 `{type}` 하나를 돌려주었습니다.",
            "`return all_weights, all_biases`처럼 리스트 두 개를 돌려주어야 합니다.",
            "`all_weights, all_biases = {name}(...)`라고 쓰면 무엇이 나뉘어 들어갈까요?",
        ),
    },
    "init.one_list": {
        "en": (
            "returns one list only",
            "`{name}` returned one list of {got} arrays; the second list is missing.",
            "Two lists: the weights, and the biases.",
            "What does the forward pass need besides the weights?",
        ),
        "ko": (
            "리스트를 하나만 돌려줌",
            "`{name}` 함수가 배열 {got}개짜리 리스트 하나만 돌려주었고, 두 번째 리스트가 없습니다.",
            "가중치 리스트와 편향 리스트, 두 개여야 합니다.",
            "순전파(forward pass)에는 가중치 말고 또 무엇이 필요할까요?",
        ),
    },
    "init.pair_length": {
        "en": (
            "returns {got} things, not two",
            "`{name}` returned {got} things.",
            "Exactly two: the list of weights and the list of biases.",
            "Which of them does the next cell unpack?",
        ),
        "ko": (
            "두 개가 아니라 {got}개를 돌려줌",
            "`{name}` 함수가 {got}개를 돌려주었습니다.",
            "가중치 리스트와 편향 리스트, 정확히 두 개여야 합니다.",
            "다음 셀은 그 가운데 무엇을 나누어 받을까요?",
        ),
    },
    "init.pair_swapped": {
        "en": (
            "weights and biases swapped",
            "The first list that `{name}` returned holds columns, the second one matrices: they are the wrong "
            "way round.",
            "First the weights, then the biases.",
            "In which order does the line with your `return` name them?",
        ),
        "ko": (
            "가중치와 편향의 순서가 바뀜",
            "`{name}` 함수가 돌려준 첫 리스트에는 열벡터가, 둘째 리스트에는 행렬이 들어 있습니다. 순서가 바뀌었습니다.",
            "가중치가 먼저, 편향이 다음입니다.",
            "`return`이 있는 줄에는 어떤 순서로 적혀 있나요?",
        ),
    },
    "init.arguments_ignored": {
        "en": (
            "K and D of the call ignored",
            "Asked for K={K}, D={D}, your function built K={got_K}, D={got_D}.",
            "The network that the arguments describe, whatever they are.",
            "Where in your function do you write a number, or another name, that should be `K` or `D`?",
        ),
        "ko": (
            "호출의 K와 D를 무시함",
            "K={K}, D={D}인 신경망을 요청했는데 함수는 K={got_K}, D={got_D}인 신경망을 만들었습니다.",
            "인자가 무엇이든 그 인자가 말하는 신경망을 만들어야 합니다.",
            "`K`나 `D`를 써야 할 곳에 숫자나 다른 이름을 쓴 곳은 어디일까요?",
        ),
    },
    "init.layer_count": {
        "en": (
            "wrong number of layers",
            "For K={K}, D={D} the list `{name}` has {got} entries, not {want}.",
            "One entry from each layer to the next: $K + 1$.",
            "How many arrows are there between an input, K hidden layers and an output?",
        ),
        "ko": (
            "층의 개수가 다름",
            "K={K}, D={D}일 때 `{name}` 리스트의 항목이 {want}개가 아니라 {got}개입니다.",
            "한 층에서 다음 층으로 갈 때마다 하나씩, 모두 $K + 1$개입니다.",
            "입력, 은닉층 K개, 출력 사이에는 화살표가 몇 개 있을까요?",
        ),
    },
    "init.layer_missing": {
        "en": (
            "a layer left empty",
            "For K={K}, D={D} the entry `{name}[{k}]` is still `None`.",
            "An array in every layer.",
            "With which number does your loop begin, and with which does it end?",
        ),
        "ko": (
            "비어 있는 층이 있음",
            "K={K}, D={D}일 때 `{name}[{k}]`의 값이 아직 `None`입니다.",
            "모든 층에 배열이 있어야 합니다.",
            "반복문은 몇 번에서 시작해서 몇 번에서 끝나나요?",
        ),
    },
    "init.transposed": {
        "en": (
            "weights transposed",
            "`{name}[{k}]` has shape `{got}`, which is the right one turned over.",
            "$(width out, width in)$, because the forward pass computes `W @ h` with data in columns.",
            "For `W @ h`, which axis of W has to match the length of h?",
        ),
        "ko": (
            "가중치가 전치됨",
            "`{name}[{k}]`의 모양(shape)이 `{got}`입니다. 올바른 모양을 뒤집은 것입니다.",
            "순전파는 데이터를 열로 두고 `W @ h`를 계산하므로 $(width out, width in)$이어야 합니다.",
            "`W @ h`에서 h의 길이와 맞아야 하는 것은 W의 어느 축일까요?",
        ),
    },
    "init.shape": {
        "en": (
            "wrong shape",
            "For K={K}, D={D} the array `{name}[{k}]` has shape `{got}`.",
            "$(width out, width in)$ of that layer; input and output have width 1.",
            "Which layer does it come from, which does it lead to, and how wide is each?",
        ),
        "ko": (
            "모양이 다름",
            "K={K}, D={D}일 때 `{name}[{k}]`의 모양(shape)이 `{got}`입니다.",
            "그 층의 $(width out, width in)$이어야 하고, 입력과 출력의 너비는 1입니다.",
            "이 배열은 어느 층에서 와서 어느 층으로 가고, 두 층의 너비는 각각 얼마일까요?",
        ),
    },
    "init.bias_flat": {
        "en": (
            "biases are not columns",
            "`{name}[{k}]` has shape `{got}`, for K={K}, D={D}: one axis, not a column.",
            "$(width, 1)$, so that the same bias is added for every data point.",
            "What does numpy do with `(80,) + (80, 80)`: does it add along the units or along the data?",
        ),
        "ko": (
            "편향이 열벡터가 아님",
            "K={K}, D={D}일 때 `{name}[{k}]`의 모양(shape)이 `{got}`입니다. 열벡터가 아니라 축이 하나입니다.",
            "모든 데이터에 같은 편향(bias)이 더해지도록 $(width, 1)$이어야 합니다.",
            "numpy는 `(80,) + (80, 80)`을 유닛 방향으로 더할까요, 데이터 방향으로 더할까요?",
        ),
    },
    "init.bias_shape": {
        "en": (
            "biases of a wrong shape",
            "`{name}[{k}]` has shape `{got}`, for K={K}, D={D}.",
            "$(width, 1)$: one number for each unit of the layer that it is added to.",
            "To which of the two layers does a bias belong, the one before or the one after?",
        ),
        "ko": (
            "편향의 모양이 다름",
            "K={K}, D={D}일 때 `{name}[{k}]`의 모양(shape)이 `{got}`입니다.",
            "더해지는 층의 유닛마다 숫자 하나씩, $(width, 1)$이어야 합니다.",
            "편향은 앞 층과 뒤 층 가운데 어느 쪽에 속할까요?",
        ),
    },
    "init.biases_not_zero": {
        "en": (
            "biases are not 0",
            "Your biases are not 0; the largest is {largest}.",
            "All biases start at 0; only the weights are drawn.",
            "What symmetry would a random bias break that random weights haven't broken already?",
        ),
        "ko": (
            "편향이 0이 아님",
            "편향(bias)이 0이 아니고, 가장 큰 값이 {largest}입니다.",
            "편향은 모두 0에서 시작하고, 가중치만 무작위로 뽑습니다.",
            "무작위 가중치가 이미 깨뜨린 대칭 말고, 무작위 편향이 더 깨뜨릴 대칭이 있을까요?",
        ),
    },
    # How the hidden weights are drawn.
    "init.zero": {
        "en": (
            "all weights are 0",
            "All hidden weights are 0 (K={K}, D={D}), so every signal ends in the first layer.",
            "Random numbers with mean 0 and a variance that isn't 0.",
            "What do you get for the gradient of a weight between two layers of zeros?",
        ),
        "ko": (
            "가중치가 모두 0",
            "은닉층의 가중치가 모두 0이어서(K={K}, D={D}) 어떤 신호도 첫 층을 넘어가지 못합니다.",
            "평균이 0이고 분산(variance)이 0이 아닌 난수여야 합니다.",
            "0만 있는 두 층 사이에서 가중치의 기울기(gradient)는 얼마가 될까요?",
        ),
    },
    "init.constant": {
        "en": (
            "all weights of a layer are equal",
            "All weights in `all_weights[{k}]` are the same number, {value}.",
            "A number of its own for every weight.",
            "After one step of training, can two units that started equal be different?",
        ),
        "ko": (
            "한 층의 가중치가 모두 같음",
            "`all_weights[{k}]`의 가중치가 모두 같은 수 {value}입니다.",
            "가중치마다 따로 뽑은 수여야 합니다.",
            "똑같이 시작한 두 유닛이 학습을 한 번 하고 나면 서로 달라질 수 있을까요?",
        ),
    },
    "init.units_alike": {
        "en": (
            "all units of a layer are equal",
            "In a hidden layer all D={D} rows, or all columns, are the same: only one of them was drawn.",
            "Every entry of the matrix is drawn by itself.",
            "How many random numbers does one of your layers ask for, and how many weights has it?",
        ),
        "ko": (
            "한 층의 유닛이 모두 같음",
            "어떤 은닉층에서 D={D}개의 행이나 열이 모두 똑같습니다. 그 가운데 하나만 뽑았습니다.",
            "행렬의 모든 항목을 따로 뽑아야 합니다.",
            "층 하나를 만들 때 난수를 몇 개 뽑고, 그 층에는 가중치가 몇 개 있을까요?",
        ),
    },
    "init.diagonal": {
        "en": (
            "every weight off the diagonal is 0",
            "Off its diagonal `all_weights[{k}]` holds nothing but 0, so a unit passes one number on and "
            "adds nothing up.",
            "A random number of its own for every one of the D·D weights, here D={D}.",
            "How many units of the layer below does one of your units listen to?",
        ),
        "ko": (
            "대각선 밖의 가중치가 모두 0",
            "`all_weights[{k}]`는 대각선 밖이 모두 0이어서, 유닛이 수 하나를 그대로 넘길 뿐 아무것도 더하지 않습니다.",
            "D·D개의 가중치(여기서는 D={D})마다 난수를 하나씩 뽑아야 합니다.",
            "유닛 하나가 아래층의 유닛 가운데 몇 개에서 값을 받나요?",
        ),
    },
    "init.layers_differ": {
        "en": (
            "hidden layers with different variances",
            "`all_weights[{k}]` has mean square {got} where most hidden layers have {others}; {count} of them "
            "stand out like this.",
            "All hidden layers have as many inputs, so they all need the same variance.",
            "What is different about layer {k} in your code: an end of the loop, or a formula with the layer's number?",
        ),
        "ko": (
            "은닉층마다 분산이 다름",
            "`all_weights[{k}]`의 제곱의 평균(mean square)은 {got}인데 대부분의 은닉층은 {others}입니다. 이렇게 다른 층이 {count}개 있습니다.",
            "은닉층은 모두 입력 개수가 같으므로 분산(variance)도 같아야 합니다.",
            "코드에서 {k}번 층은 무엇이 다를까요? 반복문의 끝인가요, 층 번호가 들어간 식인가요?",
        ),
    },
    "init.reused": {
        "en": (
            "one matrix used for several layers",
            "`all_weights[{first}]` and `all_weights[{second}]` were not drawn apart: their correlation is "
            "{correlation}, and it should be near 0.",
            "New random numbers for every layer.",
            "May the weights of one layer know those of another?",
        ),
        "ko": (
            "한 행렬을 여러 층에 사용",
            "`all_weights[{first}]`, `all_weights[{second}]`를 따로 뽑지 않았습니다. 둘의 상관계수(correlation)가 0에 가까워야 하는데 "
            "{correlation}입니다.",
            "층마다 새로 난수를 뽑아야 합니다.",
            "한 층의 가중치가 다른 층의 가중치를 알고 있어도 될까요?",
        ),
    },
    "init.mean_off": {
        "en": (
            "mean of the weights is not 0",
            "The mean of your hidden weights is {mean}, {errors} standard errors from 0; their standard deviation is "
            "{std} and the lowest is {lowest}.",
            "A distribution with mean 0.",
            "What happens to a small mean when a unit adds up one such number from every unit below it?",
        ),
        "ko": (
            "가중치의 평균이 0이 아님",
            "은닉층 가중치의 평균이 {mean}으로, 0에서 표준오차(standard error)의 {errors}배만큼 떨어져 있습니다. "
            "표준편차는 {std}, 가장 작은 값은 {lowest}입니다.",
            "평균이 0인 분포에서 뽑아야 합니다.",
            "유닛 하나가 아래층의 모든 유닛에서 이런 수를 하나씩 더하면 작은 평균은 어떻게 될까요?",
        ),
    },
    "init.all_positive": {
        "en": (
            "no negative weights (rand for randn?)",
            "Not one of your hidden weights is negative; their mean square is {square} at D={D}.",
            "As many weights below 0 as above: a distribution with mean 0.",
            "Which numbers can your random function return, and what happens when you add {D} of them?",
        ),
        "ko": (
            "음수 가중치가 없음 (randn 대신 rand?)",
            "은닉층의 가중치 가운데 음수가 하나도 없습니다. D={D}일 때 제곱의 평균(mean square)은 {square}입니다.",
            "0보다 작은 가중치와 큰 가중치가 비슷하게 있는, 평균이 0인 분포여야 합니다.",
            "사용한 난수 함수는 어떤 값을 돌려줄 수 있고, 그런 값 {D}개를 더하면 어떻게 될까요?",
        ),
    },
    # The variance of the hidden weights.
    "init.sqrt_forgotten": {
        "en": (
            "variance used as standard deviation",
            "Your hidden weights have mean square {over_D2}/D², so their standard deviation is {root_over_D}/D: the "
            "square root was not taken.",
            "A variance in proportion to $1/D$, and so a standard deviation in proportion to $1/√D$.",
            "Is the number that you scale with the width of the bell, or the square of it?",
        ),
        "ko": (
            "분산을 표준편차로 사용",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D2}/D²이므로 표준편차는 {root_over_D}/D입니다. 제곱근을 취하지 "
            "않았습니다.",
            "분산(variance)은 $1/D$에, 따라서 표준편차(standard deviation)는 $1/√D$에 비례해야 합니다.",
            "곱한 수는 종 모양의 너비일까요, 아니면 너비의 제곱일까요?",
        ),
    },
    "init.precedence": {
        "en": (
            "standard deviation 1/D: no root taken",
            "Your hidden weights have mean square {over_D2}/D², so their standard deviation is {root_over_D}/D: "
            "no root was taken, for `(2/D)**1/2` is none either.",
            "A variance in proportion to $1/D$, and so a standard deviation in proportion to $1/√D$.",
            "What does Python compute for `9**1/2`, and which of $σ$ and $σ²$ does your random function ask for?",
        ),
        "ko": (
            "표준편차가 1/D: 제곱근을 취하지 않음",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D2}/D²이므로 표준편차는 {root_over_D}/D입니다. 제곱근을 취하지 "
            "않았습니다. `(2/D)**1/2`도 제곱근이 아닙니다.",
            "분산(variance)은 $1/D$에, 따라서 표준편차(standard deviation)는 $1/√D$에 비례해야 합니다.",
            "Python은 `9**1/2`을 무엇으로 계산하고, 난수 함수는 $σ$와 $σ²$ 가운데 무엇을 받을까요?",
        ),
    },
    "init.root_on_two_only": {
        "en": (
            "root taken of the 2 alone",
            "Your hidden weights have mean square {over_D2}/D², so their standard deviation is {root_over_D}/D: "
            "the root covers the 2 and not the D.",
            "A standard deviation that is the root of the whole variance.",
            "Where does the bracket of your root close, before or after the division?",
        ),
        "ko": (
            "2에만 제곱근을 취함",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D2}/D²이므로 표준편차는 {root_over_D}/D입니다. 제곱근이 2에만 "
            "걸리고 D에는 걸리지 않았습니다.",
            "표준편차(standard deviation)는 분산 전체의 제곱근이어야 합니다.",
            "제곱근의 괄호는 나눗셈 앞에서 닫히나요, 뒤에서 닫히나요?",
        ),
    },
    "init.fan_product": {
        "en": (
            "number of weights in place of the fan",
            "Your hidden weights have mean square {over_D2}/D², and with one hidden layer of D={D} units the "
            "first layer has {first} and the last {last}: each is 2 over the number of weights in the matrix.",
            "2 over one fan of the matrix, not over all its entries.",
            "To compute one unit, do you add up a row of the matrix or all of it?",
        ),
        "ko": (
            "fan 대신 가중치의 개수 사용",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D2}/D²이고, 은닉층이 하나이고 D={D}일 때 첫 층은 {first}, 마지막 층은 "
            "{last}입니다. 2를 행렬에 있는 가중치의 개수로 나눈 값입니다.",
            "2를 행렬의 항목 수가 아니라 fan 하나로 나누어야 합니다.",
            "유닛 하나를 계산할 때 행렬의 한 행을 더할까요, 전체를 더할까요?",
        ),
    },
    "init.xavier": {
        "en": (
            "Xavier's 1/D with a ReLU",
            "Your hidden weights have mean square {over_D}/D: right for a network without ReLU.",
            "A variance in proportion to $1/D$, large enough to make up for what each ReLU takes away.",
            "Which part of a signal, symmetric about 0, does a ReLU throw away?",
        ),
        "ko": (
            "ReLU에 Xavier의 1/D 사용",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D}/D입니다. ReLU가 없는 신경망에 맞는 값입니다.",
            "분산(variance)은 $1/D$에 비례하되, ReLU가 없앤 만큼을 메울 만큼 커야 합니다.",
            "0에 대해 대칭인 신호에서 ReLU는 어느 부분을 버릴까요?",
        ),
    },
    "init.glorot": {
        "en": (
            "Glorot's average of fans",
            "Your hidden weights have mean square {over_D}/D, and with one hidden layer of D={D} units the "
            "first layer has {first} and the last {last}: this is 2 over the sum of both fans.",
            "One fan, the one that this pass adds over, and a variance that makes up for the ReLU.",
            "When one unit of this pass is computed, over how many terms does the sum run?",
        ),
        "ko": (
            "Glorot의 fan 평균 사용",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D}/D이고, D={D}일 때 첫 층은 {first}, 마지막 층은 {last}입니다. 2를 "
            "두 fan의 합으로 나눈 값입니다.",
            "이 방향에서 더하는 쪽의 fan 하나만 쓰고, ReLU를 메울 만큼 큰 분산(variance)이어야 합니다.",
            "이 방향에서 유닛 하나를 계산할 때 몇 개의 항을 더할까요?",
        ),
    },
    "init.four": {
        "en": (
            "twice the variance (4/D)",
            "Your hidden weights have mean square {over_D}/D, which is {times} times too much: the 2 came in twice.",
            "A variance that makes up once for the half that a ReLU takes from the mean square.",
            "Half of the units pass a ReLU: what happens to the mean of their squares, and what to their root?",
        ),
        "ko": (
            "분산이 두 배 (4/D)",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D}/D로, 알맞은 값의 {times}배입니다. 2가 두 번 들어갔습니다.",
            "ReLU가 제곱의 평균에서 가져간 절반을 한 번만 메우는 분산(variance)이어야 합니다.",
            "유닛의 절반이 ReLU를 지나갑니다. 제곱의 평균은 어떻게 되고, 그 제곱근은 어떻게 될까요?",
        ),
    },
    "init.sqrt2_variance": {
        "en": (
            "√2 in the variance",
            "Your hidden weights have mean square {over_D}/D: the factor of the standard deviation went into "
            "the variance.",
            "The factor of the variance; its root belongs to the standard deviation.",
            "Of the variance and the standard deviation, which one gets the 2 and which the √2?",
        ),
        "ko": (
            "분산에 √2를 사용",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D}/D입니다. 표준편차에 쓸 배수가 분산에 들어갔습니다.",
            "분산(variance)의 배수를 쓰고, 그 제곱근은 표준편차(standard deviation)에 씁니다.",
            "분산과 표준편차 가운데 어느 쪽에 2가, 어느 쪽에 √2가 들어갈까요?",
        ),
    },
    "init.root_of_root": {
        "en": (
            "root taken twice",
            "Your hidden weights have mean square {square} at D={D}, which is √(2/D): this is a standard "
            "deviation in the place of a variance.",
            "A variance in proportion to $1/D$.",
            "How many roots lie between your formula and the numbers: does the random function take one as well?",
        ),
        "ko": (
            "제곱근을 두 번 취함",
            "D={D}일 때 은닉층 가중치의 제곱의 평균(mean square)이 {square}, 곧 √(2/D)입니다. 분산이 들어갈 자리에 표준편차가 "
            "들어갔습니다.",
            "분산(variance)이 $1/D$에 비례해야 합니다.",
            "식에서 난수까지 제곱근이 몇 번 들어가나요? 난수 함수도 한 번 취하나요?",
        ),
    },
    "init.depth_for_width": {
        "en": (
            "depth K in place of width D",
            "Your hidden weights have mean square {square} at K={K}, D={D}: it follows the number of layers, "
            "not their width.",
            "A variance that depends on how many numbers one unit adds up.",
            "What do you add up to compute one unit: units, or layers?",
        ),
        "ko": (
            "너비 D 대신 깊이 K 사용",
            "K={K}, D={D}일 때 은닉층 가중치의 제곱의 평균(mean square)이 {square}입니다. 층의 너비가 아니라 층의 개수를 "
            "따라갑니다.",
            "유닛 하나가 몇 개의 수를 더하는지에 따라 정해지는 분산(variance)이어야 합니다.",
            "유닛 하나를 계산할 때 더하는 것은 유닛일까요, 층일까요?",
        ),
    },
    "init.unscaled": {
        "en": (
            "weights not scaled",
            "Your hidden weights have mean square {square} at D={D} and at every other width: they are not "
            "scaled at all.",
            "A variance that gets smaller as D gets larger.",
            "When one unit adds {D} such numbers, how large is the sum?",
        ),
        "ko": (
            "가중치의 크기를 조절하지 않음",
            "D={D}에서도, 다른 너비에서도 은닉층 가중치의 제곱의 평균(mean square)이 {square}입니다. 크기를 전혀 조절하지 "
            "않았습니다.",
            "D가 커지면 분산(variance)이 작아져야 합니다.",
            "유닛 하나가 이런 수 {D}개를 더하면 합은 얼마나 클까요?",
        ),
    },
    "init.input_fan": {
        "en": (
            "fan of the input used in every layer",
            "Your hidden weights have mean square {square} at D={D} and at every other width: the fan of the "
            "first layer, 1, is used in all of them.",
            "For every layer the fan of that layer.",
            "How many numbers are added up for one unit of the first layer, and how many for one of the second?",
        ),
        "ko": (
            "모든 층에 입력층의 fan 사용",
            "D={D}에서도, 다른 너비에서도 은닉층 가중치의 제곱의 평균(mean square)이 {square}입니다. 첫 층의 fan인 1을 모든 층에 "
            "썼습니다.",
            "층마다 그 층의 fan을 써야 합니다.",
            "첫 층의 유닛 하나에는 몇 개의 수를 더하고, 둘째 층의 유닛 하나에는 몇 개를 더할까요?",
        ),
    },
    "init.uniform_bound": {
        "en": (
            "bound of a uniform draw taken for its std",
            "Your hidden weights are uniform with mean square {square} at D={D}: the standard deviation meant "
            "for them is used as their largest value.",
            "Bounds wide enough that the variance is the one you want.",
            "What is the variance of numbers that are uniform between -a and a?",
        ),
        "ko": (
            "균등분포의 한계를 표준편차로 착각",
            "은닉층 가중치가 균등분포(uniform)이고 D={D}일 때 제곱의 평균(mean square)이 {square}입니다. 표준편차로 써야 할 값을 "
            "가장 큰 값으로 썼습니다.",
            "원하는 분산(variance)이 나올 만큼 한계가 넓어야 합니다.",
            "-a와 a 사이에 고르게 퍼진 수의 분산은 얼마일까요?",
        ),
    },
    "init.uniform_width": {
        "en": (
            "width of a uniform draw taken for its std",
            "Your hidden weights are uniform with mean square {square} at D={D}: the standard deviation meant "
            "for them is used as the whole width, from the lowest to the highest.",
            "Bounds wide enough that the variance is the one you want.",
            "What is the variance of `rand() - 0.5`?",
        ),
        "ko": (
            "균등분포의 폭을 표준편차로 착각",
            "은닉층 가중치가 균등분포(uniform)이고 D={D}일 때 제곱의 평균(mean square)이 {square}입니다. 표준편차로 써야 할 값을 "
            "가장 작은 값에서 가장 큰 값까지의 폭으로 썼습니다.",
            "원하는 분산(variance)이 나올 만큼 한계가 넓어야 합니다.",
            "`rand() - 0.5`의 분산은 얼마일까요?",
        ),
    },
    "init.uniform_gain": {
        "en": (
            "gain squared once too often",
            "Your hidden weights are uniform with mean square {over_D}/D at D={D}, {times} times too much: the "
            "gain went in twice.",
            "Bounds that give the variance you want, with the gain of ReLU in them once.",
            "When you multiply numbers by g, by what do you multiply their variance?",
        ),
        "ko": (
            "gain이 한 번 더 들어감",
            "은닉층 가중치가 균등분포(uniform)이고 D={D}일 때 제곱의 평균(mean square)이 {over_D}/D로, 알맞은 값의 {times}배입니다. gain이 두 번 "
            "들어갔습니다.",
            "ReLU의 gain이 한 번만 들어가, 원하는 분산(variance)이 나오는 한계여야 합니다.",
            "수에 g를 곱하면 분산은 몇 배가 될까요?",
        ),
    },
    "init.truncated": {
        "en": (
            "truncated normal without correction",
            "Your hidden weights are a normal draw cut off at two standard deviations, and the cut has left "
            "{over_D}/D for their mean square at D={D}.",
            "A variance that is right after the cut.",
            "What happens to the spread of a bell when you cut off its tails?",
        ),
        "ko": (
            "보정하지 않은 절단 정규분포",
            "은닉층 가중치가 표준편차의 두 배에서 잘라낸 정규분포(truncated normal)이고, 잘라낸 뒤 D={D}에서 제곱의 평균(mean "
            "square)이 {over_D}/D로 줄었습니다.",
            "잘라낸 뒤의 분산(variance)이 맞아야 합니다.",
            "종 모양의 양쪽 꼬리를 잘라내면 퍼진 정도는 어떻게 될까요?",
        ),
    },
    "init.width_ignored": {
        "en": (
            "variance does not depend on D",
            "Your hidden weights have mean square {square} at D={D} and {narrow_square} at D={narrow_D}: the "
            "width doesn't enter.",
            "A variance in proportion to $1/D$.",
            "Double the width: what happens to the sum that makes one unit?",
        ),
        "ko": (
            "분산이 D와 무관함",
            "은닉층 가중치의 제곱의 평균(mean square)이 D={D}에서 {square}, D={narrow_D}에서 {narrow_square}입니다. 너비가 들어가지 "
            "않았습니다.",
            "분산(variance)이 $1/D$에 비례해야 합니다.",
            "너비를 두 배로 늘리면 유닛 하나를 만드는 합은 어떻게 될까요?",
        ),
    },
    "init.one_width_only": {
        "en": (
            "right at D = 80 only",
            "At D={D} your hidden weights have the right mean square, {square}; at D={narrow_D} they have "
            "{narrow_square}, which is not right there.",
            "A formula with D in it, not the number that it gives for one width.",
            "What would your function need to know to be right for a layer of {narrow_D} units?",
        ),
        "ko": (
            "D = 80에서만 맞음",
            "D={D}에서는 은닉층 가중치의 제곱의 평균(mean square)이 {square}로 맞지만, D={narrow_D}에서는 {narrow_square}로 맞지 "
            "않습니다.",
            "한 너비에서 나온 숫자가 아니라 D가 들어간 식이어야 합니다.",
            "유닛이 {narrow_D}개인 층에서도 맞으려면 함수는 무엇을 알아야 할까요?",
        ),
    },
    "init.grows": {
        "en": (
            "wider layers get larger weights",
            "Your hidden weights have mean square {square} at D={D} and {narrow_square} at D={narrow_D}: it "
            "grows with the width.",
            "A variance in proportion to $1/D$.",
            "Should the weights of a wider layer be larger or smaller, and which sign does the exponent in your "
            "formula have?",
        ),
        "ko": (
            "층이 넓을수록 가중치가 커짐",
            "은닉층 가중치의 제곱의 평균(mean square)이 D={D}에서 {square}, D={narrow_D}에서 {narrow_square}입니다. 너비와 함께 "
            "커집니다.",
            "분산(variance)이 $1/D$에 비례해야 합니다.",
            "더 넓은 층의 가중치는 더 커야 할까요, 작아야 할까요? 식에서 지수의 부호는 무엇인가요?",
        ),
    },
    "init.brackets": {
        "en": (
            "brackets missing under the root",
            "Your hidden weights have mean square {square} at D={D}, the first layer of a wide network {first} "
            "and its last {last}: a fan is added after the division, not before it.",
            "A variance in proportion to $1/D$.",
            "Print the number under your root for two fans of 80: in which order does Python divide and add?",
        ),
        "ko": (
            "제곱근 안의 괄호가 빠짐",
            "D={D}일 때 은닉층 가중치의 제곱의 평균(mean square)이 {square}, 넓은 신경망의 첫 층은 {first}, 마지막 층은 {last}입니다. "
            "fan을 나눗셈 앞이 아니라 뒤에서 더했습니다.",
            "분산(variance)이 $1/D$에 비례해야 합니다.",
            "두 fan이 80일 때 제곱근 안의 수를 출력해 보세요. Python은 나눗셈과 덧셈을 어떤 순서로 할까요?",
        ),
    },
    "init.variance_off": {
        "en": (
            "variance in proportion to 1/D, factor off",
            "Your hidden weights have mean square {over_D}/D, which is {times} times what keeps the signal level.",
            "A variance in proportion to $1/D$ with the factor that the derivation gives.",
            "Each layer multiplies the mean square by {times}: what becomes of it over 50 layers?",
        ),
        "ko": (
            "1/D에 비례하지만 배수가 다름",
            "은닉층 가중치의 제곱의 평균(mean square)이 {over_D}/D로, 신호를 고르게 유지하는 값의 {times}배입니다.",
            "분산(variance)이 $1/D$에 비례하고 배수는 유도한 값이어야 합니다.",
            "층마다 제곱의 평균이 {times}배가 됩니다. 50개 층을 지나면 어떻게 될까요?",
        ),
    },
    "init.variance_unknown": {
        "en": (
            "variance of the hidden weights is wrong",
            "Your hidden weights have mean square {square} at D={D} and {narrow_square} at D={narrow_D}; "
            "neither keeps a signal level.",
            "A variance in proportion to $1/D$.",
            "Work out your formula for D={D} by hand: do you get the mean square that was measured?",
        ),
        "ko": (
            "은닉층 가중치의 분산이 틀림",
            "은닉층 가중치의 제곱의 평균(mean square)이 D={D}에서 {square}, D={narrow_D}에서 {narrow_square}입니다. 둘 다 신호를 "
            "고르게 유지하지 못합니다.",
            "분산(variance)이 $1/D$에 비례해야 합니다.",
            "D에 {D}을(를) 넣고 식을 손으로 계산해 보세요. 측정한 제곱의 평균과 같은가요?",
        ),
    },
    # First and last layer.
    "init.needs_fan_in": {
        "en": (
            "fan-out used in the forward pass",
            "With one hidden layer of D={D} units, your first layer has mean square {first} and your last "
            "{last}: each has the variance that belongs to the number of units it leads to.",
            "The forward pass goes by fan-in, the number of units that a layer comes from.",
            "To compute one unit going forward, how many numbers are added up in the first layer, how many in "
            "the last?",
        ),
        "ko": (
            "순전파에 fan-out 사용",
            "은닉층이 하나이고 D={D}일 때 첫 층의 제곱의 평균(mean square)은 {first}, 마지막 층은 {last}입니다. 두 층 모두 신호가 나가는 쪽의 유닛 "
            "개수에 맞춘 분산입니다.",
            "순전파(forward pass)에서는 신호가 들어오는 쪽의 유닛 개수인 fan-in을 써야 합니다.",
            "앞으로 가며 유닛 하나를 계산할 때 첫 층에서는 몇 개를, 마지막 층에서는 몇 개를 더할까요?",
        ),
    },
    "init.needs_fan_out": {
        "en": (
            "fan-in used for the backward pass",
            "With one hidden layer of D={D} units, your first layer has mean square {first} and your last "
            "{last}: each has the variance that belongs to the number of units it comes from.",
            "The backward pass goes by fan-out, the number of units that a layer leads to.",
            "To compute one entry of dl/dh going backward, how many numbers are added up in the first layer, "
            "how many in the last?",
        ),
        "ko": (
            "역전파에 fan-in 사용",
            "은닉층이 하나이고 D={D}일 때 첫 층의 제곱의 평균(mean square)은 {first}, 마지막 층은 {last}입니다. 두 층 모두 신호가 들어오는 쪽의 유닛 "
            "개수에 맞춘 분산입니다.",
            "역전파(backward pass)에서는 신호가 나가는 쪽의 유닛 개수인 fan-out을 써야 합니다.",
            "뒤로 가며 dl/dh의 한 항목을 계산할 때 첫 층에서는 몇 개를, 마지막 층에서는 몇 개를 더할까요?",
        ),
    },
    "init.first_needs_fan_in": {
        "en": (
            "first layer scaled by D",
            "With one hidden layer of D={D} units, `{layer}` has mean square {square}: it is scaled as if one "
            "of its units added up D numbers.",
            "The variance of a layer goes by its own fan-in, the number of units that it comes from.",
            "How many numbers come into one unit of the first hidden layer?",
        ),
        "ko": (
            "첫 층을 D로 나눔",
            "은닉층이 하나이고 D={D}일 때 `{layer}`의 제곱의 평균(mean square)이 {square}입니다. 유닛 하나가 D개의 수를 더하는 것처럼 크기를 "
            "정했습니다.",
            "층의 분산(variance)은 그 층의 fan-in, 곧 들어오는 쪽 유닛의 개수로 정합니다.",
            "첫 은닉층의 유닛 하나에는 몇 개의 수가 들어올까요?",
        ),
    },
    "init.last_needs_fan_in": {
        "en": (
            "last layer not scaled by its fan-in",
            "With one hidden layer of D={D} units, `{layer}` has mean square {square}: it is scaled as if the "
            "output added up one number.",
            "The variance of a layer goes by its own fan-in, the number of units that it comes from.",
            "How many numbers come into the one output?",
        ),
        "ko": (
            "마지막 층을 fan-in으로 나누지 않음",
            "은닉층이 하나이고 D={D}일 때 `{layer}`의 제곱의 평균(mean square)이 {square}입니다. 출력이 수 하나만 더하는 것처럼 크기를 정했습니다.",
            "층의 분산(variance)은 그 층의 fan-in, 곧 들어오는 쪽 유닛의 개수로 정합니다.",
            "출력 하나에는 몇 개의 수가 들어올까요?",
        ),
    },
    "init.first_needs_fan_out": {
        "en": (
            "first layer not scaled by its fan-out",
            "With one hidden layer of D={D} units, `{layer}` has mean square {square}: it is scaled as if only "
            "one unit's gradient came back to the input.",
            "Going backward the variance goes by fan-out, the number of units that a layer leads to.",
            "From how many units does a gradient come back to the input?",
        ),
        "ko": (
            "첫 층을 fan-out으로 나누지 않음",
            "은닉층이 하나이고 D={D}일 때 `{layer}`의 제곱의 평균(mean square)이 {square}입니다. 유닛 하나의 기울기(gradient)만 입력으로 돌아오는 "
            "것처럼 크기를 정했습니다.",
            "뒤로 갈 때의 분산(variance)은 fan-out, 곧 나가는 쪽 유닛의 개수로 정합니다.",
            "입력으로는 몇 개의 유닛에서 기울기가 돌아올까요?",
        ),
    },
    "init.last_needs_fan_out": {
        "en": (
            "last layer scaled by D",
            "With one hidden layer of D={D} units, `{layer}` has mean square {square}: it is scaled as if D "
            "outputs sent their gradients back.",
            "Going backward the variance goes by fan-out, the number of units that a layer leads to.",
            "How many outputs send a gradient back into the last hidden layer?",
        ),
        "ko": (
            "마지막 층을 D로 나눔",
            "은닉층이 하나이고 D={D}일 때 `{layer}`의 제곱의 평균(mean square)이 {square}입니다. 출력 D개가 기울기(gradient)를 돌려보내는 것처럼 "
            "크기를 정했습니다.",
            "뒤로 갈 때의 분산(variance)은 fan-out, 곧 나가는 쪽 유닛의 개수로 정합니다.",
            "마지막 은닉층으로 기울기를 돌려보내는 출력은 몇 개일까요?",
        ),
    },
    "init.he_average": {
        "en": (
            "average of both fans",
            "Your hidden weights are right, but with one hidden layer of D={D} units the first layer has mean "
            "square {first} and the last {last}: the average of fan-in and fan-out.",
            "One fan, the one that this pass adds over.",
            "Which of the two sums, forward or backward, is this function meant to keep level?",
        ),
        "ko": (
            "두 fan의 평균 사용",
            "은닉층은 맞지만, 은닉층이 하나이고 D={D}일 때 첫 층의 제곱의 평균(mean square)은 {first}, 마지막 층은 {last}입니다. fan-in과 fan-out의 "
            "평균을 썼습니다.",
            "이 방향에서 더하는 쪽의 fan 하나만 써야 합니다.",
            "이 함수는 앞으로 가는 합과 뒤로 가는 합 가운데 어느 쪽을 고르게 유지하려는 것일까요?",
        ),
    },
    "init.outer_variance": {
        "en": (
            "first or last layer has a wrong variance",
            "With one hidden layer of D={D} units, `{layer}` has mean square {square}, which keeps no signal "
            "level there.",
            "The same formula as for the hidden layers, with the fan of this layer.",
            "Put the numbers of units on both sides of `{layer}` into your formula: what should come out?",
        ),
        "ko": (
            "첫 층이나 마지막 층의 분산이 틀림",
            "은닉층이 하나이고 D={D}일 때 `{layer}`의 제곱의 평균(mean square)이 {square}입니다. 이 층에서 신호를 고르게 유지하는 값이 아닙니다.",
            "은닉층과 같은 식에 이 층의 fan을 넣어야 합니다.",
            "`{layer}` 양쪽 층의 유닛 개수를 식에 넣어 보세요. 얼마가 나와야 할까요?",
        ),
    },
    "init.outer_mean": {
        "en": (
            "mean of the first or last layer is not 0",
            "With one hidden layer of D={D} units, `{layer}` has mean {mean}: its weights are not centred on 0.",
            "A distribution with mean 0 in every layer.",
            "Is `{layer}` drawn by the same random function as the hidden ones?",
        ),
        "ko": (
            "첫 층이나 마지막 층의 평균이 0이 아님",
            "은닉층이 하나이고 D={D}일 때 `{layer}`의 평균이 {mean}입니다. 가중치가 0을 중심으로 하지 않습니다.",
            "모든 층에서 평균이 0인 분포여야 합니다.",
            "`{layer}`도 은닉층과 같은 난수 함수로 뽑았나요?",
        ),
    },
    # What the weights do together.
    "init.signal_forward": {
        "en": (
            "the signal does not stay level",
            "Mean and variance of your weights are right one by one, yet from layer 1 to {K} the std of h "
            "changes by a factor {ratio} (slope of its logarithm {slope}): the weights depend on each other.",
            "Weights drawn independently of each other.",
            "Is there a pattern in one of your matrices: entries that repeat, rows that are multiples, many zeros?",
        ),
        "ko": (
            "신호가 고르게 유지되지 않음",
            "가중치 하나하나의 평균과 분산은 맞지만, 1번 층에서 {K}번 층까지 h의 표준편차가 {ratio}배로 바뀝니다(로그의 기울기 "
            "{slope}). 가중치들이 서로 얽혀 있습니다.",
            "서로 독립으로 뽑은 가중치여야 합니다.",
            "행렬에 규칙이 있나요? 반복되는 항목, 배수인 행, 많은 0이 보이나요?",
        ),
    },
    "init.signal_backward": {
        "en": (
            "the gradients do not stay level",
            "Mean and variance of your weights are right one by one, yet through K={K} layers the std of dl/df "
            "changes by a factor {ratio} (slope of its logarithm {slope}): the weights depend on each other.",
            "Weights drawn independently of each other.",
            "Is there a pattern in one of your matrices: entries that repeat, columns that are multiples, many zeros?",
        ),
        "ko": (
            "기울기가 고르게 유지되지 않음",
            "가중치 하나하나의 평균과 분산은 맞지만, 층 K={K}개를 지나며 dl/df의 표준편차가 {ratio}배로 바뀝니다(로그의 기울기 "
            "{slope}). 가중치들이 서로 얽혀 있습니다.",
            "서로 독립으로 뽑은 가중치여야 합니다.",
            "행렬에 규칙이 있나요? 반복되는 항목, 배수인 열, 많은 0이 보이나요?",
        ),
    },
    "init.same_draws": {
        "en": (
            "the same weights in every call",
            "Two calls gave the very same weights, so something inside your function sets the seed anew.",
            "This costs nothing here; with randomness from `rng` alone a network could be drawn more than once.",
        ),
        "ko": (
            "호출할 때마다 같은 가중치",
            "두 번 호출했는데 똑같은 가중치가 나왔습니다. 함수 안에서 시드(seed)를 다시 정하고 있습니다.",
            "여기서는 감점하지 않습니다. 난수를 `rng`에서만 얻으면 신경망을 여러 번 뽑을 수 있습니다.",
        ),
    },
}
