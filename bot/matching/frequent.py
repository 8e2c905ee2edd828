"""The most frequent words of eight languages: they tell the language, and they say little about the topic.

Function words and the verbs and phrases of asking, one blank between two; accents as they are written.
"""

FREQUENT = {
    "en": """
        a about above after again all also always am an and any anybody anyone anything are around as
        ask at away back be because been before being between both but by can cannot cant could did do
        does doesnt doing done dont down during each either else ever every everybody everyone
        everything explain few find for from get gets getting give given go goes going gonna got had has
        have having he hello hey hi her here hers him his how however i id if ill im in instead into is
        isnt it its ive just kindly know let lets like little look make makes many may maybe me mean
        might mine more most much must my myself need needed needs never no not now of off ok okay on
        once one only or other others our ours out over own per please possible put rather really right
        said same say see shall she should show since so some somebody someone something soon still such
        sure take tell than thank thanks that thats the their them then there theres these they thing
        things think this those though through to too try trying under until up upon us use used using
        very via wanna want wanted wants was way we well were what whats when whenever where wheres
        whether which while who whom whose why will with within without wont would yes yet you your
        yours yourself
        btw haha hmm lol omg pls plz thx tmrw u ur wanna
    """,
    "es": """
        a acá además ahí ahora al algo alguien algún alguna algunas algunos allá allí antes aquí así aún
        aunque ayer bien buenas buenos cada casi como cómo con conmigo cosa cosas cual cuál cuales
        cuáles cualquier cuando cuándo cuanto cuánto cuánta cuántos cuántas de debe debemos deben debo
        decir del desde después dice dime donde dónde dos durante e el él ella ellas ellos en entonces
        entre era eres es esa ese eso esos esta está estamos están estar estas este esto estos estoy
        favor fue fuera gracias ha haber había hace hacemos hacen hacer hacia hago han has hasta hay
        haya he hola hoy ir la las le les lo los luego más me mejor menos mi mí mis mismo mucha mucho
        muchos muy nada nadie necesitamos necesito ni ninguna ninguno no nos nosotros nuestra nuestro
        nunca o otra otro otros para pero podemos poder podría por porque porqué puede pueden puedo pues
        que qué quien quién quiénes quiero quisiera saber se sea según ser será si sí sido siempre sin
        sobre sois somos son soy su sus tal también tampoco tan tanto te tendría tenemos tener tengo ti
        tiene tienen todo toda todas todos tu tú tus un una unas unos usted ustedes va vamos van ver voy
        y ya yo
    """,
    "fr": """
        a à afin ai aide ainsi alors après as assez au aucun aucune aujourd aussi autre autres aux avant
        avec avez avoir avons beaucoup bien bonjour c ça car ce ceci cela celle celui ces cet cette ceux
        chaque chez ci combien comme comment d dans de dehors déjà depuis des dire dites dois doit
        doivent donc dont du elle elles en encore entre es est et étaient était été être eu eux faire
        fait faites faudrait faut fois font hui ici il ils j je jusqu l là la laquelle le lequel les
        leur leurs lors lui m ma mais me même merci mes mieux moi moins mon n ne ni non nos notre nous
        on ont ou où oui par parce pas pendant peu peut peuvent peux plaît plus pour pourquoi pourrait
        pouvez pouvons puis puisque qu quand que quel quelle quelles quelqu quelque quels qui quoi s sa
        sans savoir se sera ses si sinon soit sommes son sont sous suis sur svp t ta tant te tes toi ton
        toujours tous tout toute toutes très trop tu un une va vais vers veut veux voici voilà vont vos
        votre voudrais vous y
    """,
    "vi": """
        ai anh ấy bao bạn bằng bị biết các cách cái cần chị chiếc cho chỉ chưa chúng chuyện có con còn
        cùng của cũng cứ dạ đã đang đâu đây để đến đều đi điều do đó được gì giờ giúp giùm hãy hay hết
        hỏi hơn không khi kia lại làm lên là lúc luôn mà mấy mình mỗi mọi một muốn nào này nay nên nếu
        ngày người nhé nhiêu nhiều như nhưng những nó nơi nữa ở ông phải qua ra rất rồi sao sau sẽ số ta
        tại thế thể theo thì thôi thật tôi tới trên trong trước từ tụi và vào vẫn vậy về vì việc với xin
        ơi ạ à
    """,
    "fil": """
        ako akin aking alin aming amin ang anong ano anumang at atin ating ay ayaw ba bago bakit bang
        bawat ba't dahil dapat dito diyan doon din rin gusto gagawin gawin ginagawa hanggang hindi hinde
        ibang iba iyan iyon inyo inyong ito isang isa ka kailan kailangan kailangang kami kanila
        kanilang kanino kanya kanyang kapag kasi kay kayo kaya ko kong kung kumusta lahat lamang lang
        lalo maaari maari maaaring mag maging magkano ilan mayroon meron may mga mo mong muna na nag
        naman namin nang nasa natin nating ng nga ngayon ngunit ni nila nilang nito niya niyang nyo niyo
        niyong noon o opo oo pa paano paanong pag pala pang para pero po pong pwede pwedeng puede puwede
        puwedeng sa saan san saang sabihin salamat sana sila silang sino sinong siya siyang subalit tayo
        tayong tungkol tulong tungo upang wala walang yan yung ‘yung yun yon
    """,
    "mn": """
        аа авах авч ба байгаа байдаг байна байсан байх байхгүй байж бас бид бидний биднийг биз би бол
        болвол болно болох болохгүй болсон боломжтой болон бүх бүгд вэ бэ юу гэж гэдэг гэсэн гэх гэвэл
        даа дараа дээр дотор ер ерөөсөө энэ эдгээр эсвэл эсэх зөвхөн зэрэг илүү их ийм ингэж миний минь
        мөн манай намайг надад надаас над нь нэг нэгэн ний нөгөө одоо олон очих өөр өөрийн хаана хаанаас
        хаашаа хамт хамгийн харин хийх хийж хийдэг хэдэн хэд хэдэд хэзээ хэн хэний хэнд хэрхэн хэрэв
        хэрэгтэй хэлж хэр хүртэл хүсэж чи чинь та таны танай тань танд тэд тэр тэгээд тэнд тийм тухай
        төлөө учир уу үү юм яаж ямар явах яагаад яах өгөх өгөөч өгнө үгүй гэхдээ сайн уучлаарай
        баярлалаа надруу руу рүү аас ээс оос тул шиг шүү л ч
    """,
    "ko": """
        것 게 그 그것 그리고 그런데 까지 나 나는 내 너무 누가 누구 는 다 더 도 되나요 되요 돼요 될까요
        들 때 또 를 마다 만 많이 모두 몇 무슨 무엇 무엇을 뭐 뭐가 뭐예요 및 부터 습니까 수 수가 싶어요
        싶은데요 싶습니다 아니 안 안녕하세요 알고 알려주세요 알려줘 알려 알 어느 어디 어디서 어디에
        어디예요 어디에서 어디로 어떤 어떻게 언제 언제까지 얼마 얼마나 얼마예요 에 에게 에서 여기 와 왜
        요 우리 은 을 의 이 이것 인가요 입니까 있나요 있는 있습니까 있어요 있을까요 저 저는 저희 정말 제
        제가 좀 주세요 줘 지금 하나요 하는 하고 하면 하려면 하세요 하지 한 할 할까요 합니까 해 해야 해요
        했는데 혹시 가능한가요 가능해요 무엇인가요 어떻게요 필요해요 필요한가요 되는지 있는지 하는지
        거기 나요 까요
    """,
    "km": """
        ខ្ញុំ យើង អ្នក គាត់ នាង ពួកគេ ពួកយើង តើ អ្វី អី អ្វីខ្លះ ណា នៅណា នៅឯណា ទីណា កន្លែងណា ពេលណា
        ថ្ងៃណា ម៉ោងប៉ុន្មាន ប៉ុន្មាន យ៉ាងណា យ៉ាងដូចម្តេច ដូចម្តេច ហេតុអ្វី មែនទេ ឬទេ ដែរ ទេ បាន មិន
        មិនបាន អាច ចង់ ត្រូវ ត្រូវការ គួរ មាន គ្មាន ជា នៅ ក្នុង លើ ក្រោម ពី ដល់ ទៅ មក និង ឬ ប៉ុន្តែ
        ដើម្បី សម្រាប់ ដោយ ជាមួយ អំពី របស់ នេះ នោះ ទាំង ទាំងអស់ គ្រប់ មួយ ណាមួយ សូម អរគុណ សួស្តី ជួយ
        ប្រាប់ ដឹង ធ្វើ ធ្វើដូចម្តេច ហើយ នឹង កំពុង ក៏ ដែល ឲ្យ ឱ្យ ពេល កាលណា គេ
    """,
}
"""Language code → its frequent words."""
