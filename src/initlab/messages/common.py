"""Messages that any exercise can need: answers that are blank, broke, or are no numbers, arrays or functions."""

MESSAGES = {
    "common.blank_value": {
        "en": ("nothing written yet", "There is no answer here yet."),
        "ko": ("아직 답이 없음", "아직 답이 없습니다."),
    },
    "common.blank_function": {
        "en": (
            "returns nothing yet",
            "`{name}` returned nothing: either it is still to be written, or its `return` is missing.",
        ),
        "ko": (
            "아직 반환값이 없음",
            "`{name}` 함수가 아무것도 돌려주지 않았습니다. 아직 작성하지 않았거나 `return`이 빠졌습니다.",
        ),
    },
    "common.blank_layers": {
        "en": (
            "all layers still empty",
            "Every layer of `{name}` is still `None`: the lists are there, but not filled.",
        ),
        "ko": ("층이 모두 비어 있음", "`{name}`의 모든 층이 아직 `None`입니다. 리스트는 있지만 채워지지 않았습니다."),
    },
    "common.broke": {
        "en": (
            "stopped with an error",
            "Calling `{call}`, Python stopped with `{type}: {message}`.",
            "A function that runs through for every network it is asked for.",
            "Which line raised it, and what were the shapes and numbers there?",
        ),
        "ko": (
            "오류로 멈춤",
            "`{call}`를 호출하자 Python이 `{type}: {message}` 오류로 멈췄습니다.",
            "어떤 신경망을 주어도 끝까지 실행되는 함수여야 합니다.",
            "어느 줄에서 오류가 났고, 그때 모양(shape)과 값은 무엇이었을까요?",
        ),
    },
    "common.stopped": {
        "en": (
            "stopped by a limit",
            "Calling `{call}` went beyond a limit: `{message}`.",
            "A function that comes to its end within seconds, with the memory of a few matrices.",
            "Which loop may never come to its end, or which list may grow without one?",
        ),
        "ko": (
            "제한에 걸려 중단됨",
            "`{call}` 호출이 제한에 걸려 멈췄습니다(`{message}`).",
            "몇 초 안에 끝나고 메모리는 행렬 몇 개만큼만 쓰는 함수여야 합니다.",
            "끝나지 않을 수 있는 반복문이나 끝없이 늘어나는 리스트는 어디에 있을까요?",
        ),
    },
    "common.not_a_number": {
        "en": (
            "not a number",
            "The answer is of type `{type}`, which is not a number.",
            "One number, such as `0.5` or the result of a calculation.",
            "What does `print(type(...))` say about your variable?",
        ),
        "ko": (
            "숫자가 아님",
            "답의 자료형(type)이 `{type}`인데, 이것은 숫자가 아닙니다.",
            "`0.5`처럼 숫자 하나이거나 계산 결과여야 합니다.",
            "그 변수에 `print(type(...))`를 해 보면 무엇이 나올까요?",
        ),
    },
    "common.text_for_number": {
        "en": (
            "text instead of a number",
            "The answer is the text `\"{text}\"`, and Python cannot calculate with text.",
            "The same without quotation marks, written as a calculation where there is one.",
            "What is the difference between `\"1/2\"` and `1/2` to Python?",
        ),
        "ko": (
            "숫자 대신 문자열",
            "답이 문자열(string) `\"{text}\"`입니다. Python은 문자열로 계산하지 못합니다.",
            "따옴표 없이 쓰고, 계산이 있으면 식으로 쓰세요.",
            "Python에서 `\"1/2\"`과 `1/2`은 무엇이 다를까요?",
        ),
    },
    "common.function_for_number": {
        "en": (
            "function instead of a number",
            "The answer is a function (`{type}`), not the number that it returns.",
            "The number itself.",
            "What turns a function into its value: which brackets are missing?",
        ),
        "ko": (
            "숫자 대신 함수",
            "답이 함수(`{type}`)이고, 그 함수가 돌려주는 숫자가 아닙니다.",
            "숫자 자체를 넣어야 합니다.",
            "함수의 값을 얻으려면 어떤 괄호가 더 필요할까요?",
        ),
    },
    "common.not_finite": {
        "en": (
            "not a finite number",
            "The answer is `{value}`, which no measurement and no formula of this lab gives.",
            "A finite number.",
            "At which step of your calculation does it first turn up: a division by 0, an overflow?",
        ),
        "ko": (
            "유한한 수가 아님",
            "답이 `{value}`입니다. 이 실습의 측정이나 공식에서는 나올 수 없는 값입니다.",
            "유한한 숫자여야 합니다.",
            "계산의 어느 단계에서 처음 나타나나요? 0으로 나누었나요, 아니면 넘침(overflow)인가요?",
        ),
    },
    "common.not_a_function": {
        "en": (
            "not a function",
            "`{name}` is of type `{type}`, and the check needs the function itself.",
            "A function, written with `def` under this name.",
            "Did a later line give the name `{name}` to something else?",
        ),
        "ko": (
            "함수가 아님",
            "`{name}`의 자료형이 `{type}`입니다. 검사하려면 함수 자체가 필요합니다.",
            "이 이름으로 `def`를 써서 정의한 함수여야 합니다.",
            "그 뒤의 어떤 줄에서 `{name}`이라는 이름에 다른 것을 넣지 않았나요?",
        ),
    },
    "common.not_data": {
        "en": (
            "returns something that is no data",
            "`{name}` returned a `{type}`, which holds no numbers that could be looked at.",
            "Lists and arrays, finished when the function returns.",
            "Is there a `yield`, or brackets `( )` where a list needs `[ ]`?",
        ),
        "ko": (
            "데이터가 아닌 것을 돌려줌",
            "`{name}` 함수가 `{type}`을 돌려주었는데, 여기에는 살펴볼 수 있는 숫자가 없습니다.",
            "함수가 끝날 때 이미 완성된 리스트와 배열이어야 합니다.",
            "`yield`를 썼거나, 리스트에 필요한 `[ ]` 대신 `( )`를 쓰지 않았나요?",
        ),
    },
    "common.signature": {
        "en": (
            "wrong parameters",
            "`{name}` takes the parameters `{got}`, so it cannot be called with {count}.",
            "The {count} parameters that the exercise names, in that order.",
            "Which of your parameters could the function work out from the others?",
        ),
        "ko": (
            "매개변수가 다름",
            "`{name}`의 매개변수(parameter)가 `{got}`이어서 인자 {count}개로 호출할 수 없습니다.",
            "문제에 나온 매개변수 {count}개를 그 순서대로 받아야 합니다.",
            "매개변수 가운데 다른 것에서 알아낼 수 있는 것은 무엇일까요?",
        ),
    },
    "common.not_a_list": {
        "en": (
            "not a list of layers",
            "`{name}` is of type `{type}`, not a list with one array per layer.",
            "A list, or a tuple, of arrays.",
            "What should `{name}[0]` be?",
        ),
        "ko": (
            "층의 리스트가 아님",
            "`{name}`의 자료형이 `{type}`입니다. 층마다 배열이 하나씩 든 리스트가 아닙니다.",
            "배열(array)의 리스트나 튜플이어야 합니다.",
            "`{name}[0]`은 무엇이어야 할까요?",
        ),
    },
    "common.not_numbers": {
        "en": (
            "an array without real numbers",
            "`{name}` holds `{type}` where real numbers are needed.",
            "An array of floats.",
            "What does `np.array(...).dtype` say about it?",
        ),
        "ko": (
            "실수 배열이 아님",
            "`{name}`에 실수가 아니라 `{type}`이 들어 있습니다.",
            "실수(float)의 배열이어야 합니다.",
            "`np.array(...).dtype`을 확인하면 무엇이 나올까요?",
        ),
    },
    "common.ragged": {
        "en": (
            "rows of different lengths",
            "The rows of `{name}` are not all equally long, so they make no matrix.",
            "As many numbers in every row.",
            "Which row of `{name}` is the first with another length?",
        ),
        "ko": (
            "행의 길이가 다름",
            "`{name}`의 행(row) 길이가 서로 달라서 행렬이 되지 않습니다.",
            "모든 행에 숫자가 같은 개수로 있어야 합니다.",
            "`{name}`에서 길이가 처음으로 달라지는 행은 어디일까요?",
        ),
    },
    "common.too_large": {
        "en": (
            "far too large",
            "`{name}` has more than {most} entries, many times what was asked for.",
            "One array per layer, of the size of that layer.",
            "Does some loop of yours add to the same list in every round?",
        ),
        "ko": (
            "지나치게 큼",
            "`{name}`의 항목이 {most}개를 넘습니다. 요청한 것의 몇 배나 됩니다.",
            "층마다 그 층 크기의 배열이 하나씩 있어야 합니다.",
            "반복문이 매번 같은 리스트에 항목을 덧붙이고 있지는 않나요?",
        ),
    },
    "common.layer_not_finite": {
        "en": (
            "nan or infinity in an array",
            "`{name}[{k}]` contains nan or infinity.",
            "Finite numbers throughout.",
            "Which operation gives nan: a root of something negative, 0/0, or entries that were never filled?",
        ),
        "ko": (
            "배열에 nan이나 무한대",
            "`{name}[{k}]`에 nan이나 무한대가 들어 있습니다.",
            "모든 값이 유한해야 합니다.",
            "어떤 연산이 nan을 만들까요? 음수의 제곱근, 0/0, 아니면 채우지 않은 항목일까요?",
        ),
    },
    "common.not_a_text": {
        "en": (
            "not a text",
            "The name of the quantity is of type `{type}`, not a text.",
            "A text in quotation marks.",
            "How does Python tell a name from a text?",
        ),
        "ko": (
            "문자열이 아님",
            "값의 이름으로 쓴 것의 자료형이 `{type}`이고, 문자열이 아닙니다.",
            "따옴표로 감싼 문자열(string)이어야 합니다.",
            "Python은 변수 이름과 문자열을 무엇으로 구별할까요?",
        ),
    },
    "common.not_repeatable": {
        "en": (
            "answers differently the second time",
            "Asked the same thing twice, your function gave two answers that cannot both be right.",
            "The result depends on the arguments alone.",
            "What does your function remember from one call to the next, or read from outside?",
        ),
        "ko": (
            "두 번째 답이 다름",
            "같은 것을 두 번 물었더니, 둘 다 옳을 수는 없는 두 가지 답이 나왔습니다.",
            "결과는 인자에 의해서만 정해져야 합니다.",
            "함수가 이전 호출에서 기억하거나 함수 밖에서 읽어 오는 것은 무엇일까요?",
        ),
    },
}
