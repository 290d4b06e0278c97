"""The words that training sentences are made of. Values only; all of them written for this."""

from __future__ import annotations

PEOPLE = """
    the girl|the boy|my brother|your sister|our teacher|the doctor|the old sailor|a young singer
    the queen|the king|the painter|a farmer|the baker|her uncle|his aunt|my mother|their father
    the captain|a stranger|the judge|the knight|the witch|a robot|the dragon|the ghost|the pilot
    the fox|a rabbit|the little bird|the grey cat|a brown dog|the horse|that mouse|the whale
    the chat|everyone|nobody|somebody|the moderator|my friend|our neighbour|the engineer|a viewer
    the players|those children|two monkeys|some people|the guests|many streamers|the wolves
    Alice|Bob|Charlie|Daisy|Emma|George|Hannah|Jack|Julia|Kevin|Laura|Martin|Naomi|Oliver|Rachel
    Sophie|Thomas|Victor|Wendy|Zoe
"""
THINGS = """
    apple|bridge|castle|cloud|garden|guitar|hammer|island|jacket|kitchen|ladder|letter|machine
    mirror|mountain|orange|painting|pencil|picture|pillow|planet|pocket|puzzle|river|ribbon|shadow
    ship|shoe|spoon|star|stone|story|sword|table|teapot|treasure|umbrella|valley|village|violin
    voice|wagon|window|wing|yard|zebra|bath|feather|leather|measure|vision|thumb|throat|church
    badge|cheese|jar|juice|shell|fish|thing|song|ring|bank|tank|clock|box|desk|mask|wasp|lamp|belt
    milk|film|gold|shelf|wolf|valve|bulb|skirt|spring|screen|string|splash|street|throne|shrine
    quilt|twig|dwarf|swan|sphere|smile|snow|sleeve|slide|plate|blade|glass|class|flag|crown|grape
    price|brick|train|drum|frog|thread|cube|beauty|music|view|huge balloon|few coins|coin|toy
    oyster|house|mouse|cow|tower|flower|fire|tire|chair|bear|ear|beer|door|floor|car|star|heart
    bird|word|nurse|purse|earth|boat|road|rope|moon|spoon|book|foot|wood|hood|cup|duck|bus|month
    head|bed|egg|leg|bag|hat|map|cat|pig|lip|wrist|fist|tree|leaf|key|knee|cake|snake|rain|game
    night|light|kite|sky|tie|law|ball|dawn|thought|pot|rock|sock|clock|father's watch
    avatar|camera|channel|controller|computer|headset|keyboard|level|microphone|monster|password
    stream|subscriber|emote|donation|schedule|soundtrack|speedrun|tournament|universe|victory
    adventure|experience|imagination|library|opportunity|possibility|temperature|vegetable|whistle
"""
ADJECTIVES = """
    old|new|young|red|green|blue|yellow|purple|white|black|grey|brown|pink|tiny|huge|enormous|quiet
    loud|happy|angry|sleepy|lazy|clever|foolish|brave|gentle|rough|smooth|sharp|dull|bright|dark
    warm|cold|cool|hot|fresh|rotten|sweet|sour|bitter|salty|strange|usual|curious|careful|careless
    golden|silver|wooden|broken|hidden|frozen|shiny|dusty|muddy|rainy|windy|thick|thin|wide|narrow
    deep|shallow|heavy|light|quick|slow|early|late|easy|difficult|simple|beautiful|ugly|fantastic
    famous|secret|magic|ancient|modern|funny|serious|lovely|terrible|wonderful|mysterious|royal
    smooth|loose|tight|empty|full|true|false|rare|common|pure|poor|rich|cheap|precious|normal
"""
VERBS = """
    watches|watched|finds|found|loves|loved|opens|opened|closes|closed|paints|painted|brings|brought
    carries|carried|buys|bought|sells|sold|breaks|broke|builds|built|catches|caught|throws|threw
    hides|hid|hears|heard|sees|saw|follows|followed|forgets|forgot|remembers|remembered|moves|moved
    pushes|pushed|pulls|pulled|washes|washed|wishes for|wished for|chooses|chose|changes|changed
    judges|judged|measures|measured|reaches|reached|touches|touched|teaches us about|draws|drew
    thinks of|thought of|laughs at|laughed at|looks at|looked at|waits for|waited for|asks for
    wants|wanted|needs|needed|uses|used|keeps|kept|takes|took|makes|made|gives away|gave away
    eats|ate|drinks from|drank from|jumps over|jumped over|climbs|climbed|crosses|crossed
    leaves|left
    steals|stole|saves|saved|shows|showed|enjoys|enjoyed|destroys|destroyed|explains|explained
"""
PLACES = """
    in the garden|under the bridge|behind the old church|near the river|on the roof|by the sea
    above the clouds|at the station|over the hills|through the dark forest|across the wide street
    along the beach|around the corner|inside the box|beside the fire|between two towers|at home
    beneath the stairs|beyond the northern mountains|far away from here|in the middle of the night
    on a cold morning|after the long winter|before the show|during the match|since last Thursday
    with both hands|without a sound|for the very first time|just for fun|with great pleasure
    at the other end of the world|in front of the camera|on the third floor|out of the blue
"""
ADVERBS = """
    slowly|quickly|quietly|loudly|gently|suddenly|finally|usually|rarely|always|never|often|hardly
    really|probably|certainly|obviously|carefully|secretly|happily|sadly|already|almost|simply
"""
STARTS = """
    yesterday|today|tomorrow|this morning|last night|sometimes|long ago|one day|of course|well|so
    honestly|luckily|sadly|by the way|in the end|after all|for example|oh no|you know|in that case
    on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|on Saturday|on Sunday|every evening
    in January|in February|in March|in April|in May|in June|in July|in August|in September
    in October|in November|in December|once upon a time|as usual|to be fair|believe it or not
"""
CLAUSES = """
    because it was raining|when the bell rang|although nobody asked|while we were sleeping
    if you have enough time|unless the weather changes|until the sun goes down|as soon as I can
    so that everyone can hear|before anyone noticed|even though I'm afraid of spiders
    where the two rivers meet|which surprised us all|who never gives up|and that's all I know
    but I don't think so|and then we'll see|or maybe they won't|but you shouldn't worry
"""
LINES = """
    Hi!|Hello!|Hello there!|Hey, everyone!|Hi, chat!|Welcome!|Welcome back!|Good morning!|Bye!
    Good evening, everyone.|Good night!|Goodbye.|See you soon!|See you next week.|Thanks!|No way!
    Thank you so much!|Thank you for the raid!|Thanks for watching.|Thanks for the follow!|Yes.
    Yes!|No.|No!|Maybe.|Okay.|Okay, let's go!|Sure.|Of course!|Really?|Are you sure?|What?|Who?
    Why?|When?|Where?|How?|Why not?|What is it?|Who is there?|What time is it?|How are you?|Wow!
    How do you do?|Where are we going?|Oh.|Oh no!|Ah!|Ouch!|Oops.|Hm.|Well.|Wait!|Wait a moment.
    Stop!|Go!|Run!|Jump!|Look!|Listen.|Be careful!|Watch out!|Come on!|Let's try that again.
    I did it!|We did it!|You can do it.|I can't believe it!|That was close.|That was amazing!
    Never mind.|I don't know.|I think so.|I hope so.|Not yet.|Not today.|Sorry.|I'm sorry.|Please.
    Excuse me.|Nice!|Good job!|Great!|Perfect.|Awesome!|Beautiful.|Exactly.|Right.|True.|Ready?
    Three, two, one, go!|Game over.|Once more.|Again?|Subscribe!|Do you hear me?|Is this thing on?
    My name is Iris.|I'll be right back.|We'll be live in five minutes.|It's your turn.|Guess what?
    What do you think?|Which one do you like?|Shall we begin?|Can you see that?|Isn't it lovely?
    Ha ha!|He he.|Yay!|Aww.|Uh oh.|Shh!|Boo!|Eek!|Mmm.|Phew.|Whoa!|Hooray!|Good luck, have fun!
"""
NUMBERS = """
    zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen
    sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety
    one hundred|two hundred and six|a thousand|three thousand four hundred|twenty one|thirty two
    forty three|fifty four|sixty five|seventy six|eighty seven|ninety eight|one million|a billion
    five point seven|nought|half|three quarters|a third|first|second|third|fourth|fifth|sixth
    seventh|eighth|ninth|tenth|twelfth|twentieth|thirty first|hundredth
"""
UNITS = """
    points|seconds|minutes|hours|days|weeks|months|years|dollars|cents|euros|pounds|percent|degrees
    metres|kilometres|grams|litres|miles|feet|inches|frames per second|megabytes|hertz|players|wins
    viewers|followers|lives|coins|steps|times
"""
# Made-up words have a consonant or a few before each vowel and after the last.
ONSETS = """
    b|bl|br|c|ch|cl|cr|d|dr|dw|f|fl|fr|g|gl|gr|h|j|k|l|m|n|p|pl|pr|qu|r|s|sc|scr|sh|shr|sk|sl|sm|sn
    sp|spl|spr|squ|st|str|sw|t|th|thr|tr|tw|v|w|wh|y|z|v|z|j|th|ch|sh|g|
"""
NUCLEI = """
    a|e|i|o|u|ai|ay|ea|ee|ie|oa|oe|oo|ou|ow|oi|oy|au|aw|ar|er|ir|or|ur|air|ear|oor|igh|ew|ire|our
    ure|y
"""
CODAS = """
    |b|ck|d|f|g|k|l|m|n|p|r|s|t|v|x|z|ch|sh|th|dge|ng|nk|nt|nd|mp|mb|lt|ld|lk|lf|lp|lm|lve|lge|nce
    nch|nge|nth|pt|ct|ft|st|sk|sp|ss|zz|ll|ps|ts|ks|ds|bs|gs|ms|ns|ngs|nds|sts|tch|rse|ze|ve|ther
    tion|sion|ture|ly|y|er|ing|ed|le|ment|ness|less|ful|ous|al|ic|age|ate|ity
"""
