// Sentences in Czech, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let czech = """
        Dneska ráno byla taková mlha, že jsem neviděl ani sousedův plot na druhé straně ulice.
        Babička tvrdí, že nejlepší houby rostou pod břízami, ale nikdy neřekne, kde přesně.
        Když jsme přijeli na nádraží, vlak už byl pryč a další jel až za dvě hodiny.
        Pan učitel nám vysvětlil, proč se voda při mrznutí rozpíná a proč prasklo to potrubí.
        Děti si postavily ze sněhu pevnost, která vydržela až do příští středy.
        Nejdřív oloupejte brambory, nakrájejte je na kostičky a vařte je ve slané vodě doměkka.
        Můj bratr pracuje v dílně, kde se opravují staré housle a violoncella.
        Zítra bude na většině území zataženo a odpoledne se můžou objevit přeháňky.
        Ten pes, který spí u dveří, prý patří hospodskému, ale nikdo to neví jistě.
        Byl jsem tak unavený, že jsem usnul v tramvaji a probudil se až na konečné.
        Zubařka mi slíbila, že to nebude bolet, ale pro jistotu jsem se celou dobu držel křesla.
        Ve škole jsme dnes měřili teplotu půdy a zapisovali jsme ji do velké tabulky.
        Vědci zjistili, že vrány si dokážou zapamatovat tvář člověka, který jim ublížil.
        Nezapomeň koupit mouku, vejce a taky něco dobrého pro tetu, která k nám přijede na oběd.
        Domácí mužstvo prohrálo už potřetí za sebou a trenér oznámil, že končí.
        Milá Jano, omlouvám se, že jsem ti tak dlouho nenapsala, ale měli jsme doma malíře.
        Na hradě se dochovala studna, kterou prý vykopali vězni během jediné zimy.
        Kdyby přestalo pršet, mohli bychom jít k řece a podívat se, jestli už kvetou bledule.
        Naše sousedka pěstuje na balkoně rajčata větší než ta, která prodávají na trhu.
        Ředitelka oznámila, že se školní výlet odkládá, protože řidič autobusu onemocněl.
        Včela se vrátila do úlu a tancem ukázala ostatním, kterým směrem leží rozkvetlá louka.
        Prosím vás, neviděla jste tady někde malého kluka, který má žlutou čepici a červené holínky?
        Dědeček si každý večer zapálil dýmku a vyprávěl nám o tom, jak sloužil na lodi.
        Za války se v tomto sklepě ukrývala rodina, o které nikdo z vesnice nesměl mluvit.
        Přišroubujte nejprve zadní stěnu a teprve potom nasaďte dveře na spodní panty.
        Moje dcera si píše deník, který nikdo nesmí číst, a schovává ho pokaždé někam jinam.
        Řeka se po deštích vylila z břehů a zaplavila zahrádky pod železničním mostem.
        V létě jsme spali pod širákem a ráno nás budily krávy, které si k nám přišly pro chleba.
        Vůbec netuším, kam se poděl ten klíč, vždyť jsem ho před chvílí držela v ruce.
        Město chce v příštím roce opravit náměstí a vysadit na něm dvě řady lip.
        Kočka vylezla na skříň a tvářila se, jako by ten rozbitý hrnek nebyl její práce.
        Když se těsto zdvojnásobí, rozdělte ho na čtyři díly a z každého vyválejte placku.
        Slyšel jsi, že se Novákovi stěhují? Prý si koupili starý mlýn někde u Písku.
        Vlak projíždí údolím tak pomalu, že si člověk stihne přečíst všechny nápisy na zdech.
        Hvězdář celou noc čekal na kometu, ale těsně před svítáním se přihnaly mraky.
        Mamince se stýská po moři, a tak si k oknu pověsila obrázek s majákem.
        Pekař na rohu zavřel krám a my teď musíme pro rohlíky až na druhý konec sídliště.
        Poslanci se ani po celonočním jednání neshodli na tom, kdo zaplatí opravu silnic.
        Na podzim se jezírko pokryje listím a žáby se zavrtají hluboko do bahna.
        Závodnice skočila o dva centimetry dál než všechny soupeřky a vůbec tomu nemohla uvěřit.
        Strýc říkal, že v mládí ujel na kole celou republiku a nikde nezaplatil za nocleh.
        Nechte polévku chvíli odstát, a než ji podáte, přisypte trochu čerstvé petrželky.
        Mrzí mě, že jsme se včera pohádali kvůli takové hlouposti, jako je otevřené okno.
        Žáci osmé třídy připravili výstavu o životě na venkově za jejich prababiček.
        Bouřka přišla tak rychle, že jsme ani nestačili sundat prádlo ze šňůry.
        Kolega si zlomil nohu na lyžích, takže teď za něj musím vyřizovat všechny dopisy.
        Netopýři se orientují pomocí zvuků, které lidské ucho vůbec nezachytí.
        Tahle hospoda je tu už přes sto let a štamgasti v ní mají svoje vlastní hrnky.
        Jestli chceš, můžeme se sejít v pět před knihovnou a zajít si někam na čaj.
        Klášter vyhořel a mniši si z něj odnesli jenom několik knih a stříbrný kříž.
        Můj muž neumí vařit, ale umí tak hezky prostřít stůl, že si toho nikdo nevšimne.
        Hasiči se k požáru nemohli dostat, protože řidiči zaparkovali na obou stranách ulice.
        Úředník mi řekl, že ten formulář už neplatí a že si mám přijít ve středu znovu.
        Letos přišlo jaro brzy a meruňky nám skoro všechny pomrzly během jediné noci.
        Paní průvodčí nás upozornila, že v posledním voze se nedá otevřít žádné okno.
        V muzeu mají kostru mamuta, kterého našli dělníci, když se za městem stavěla cihelna.
        Přečti mi to ještě jednou, ale pomalu, protože jsem polovině vůbec nerozuměl.
        Sestřenice si otevřela květinářství a před svátky nemá čas ani na oběd.
        Jablka, která spadla ze stromu, uvaříme na povidla a ta hezká uložíme do sklepa.
        Ve vsi se říkalo, že v rybníce žije vodník, který si sbírá zelené hrníčky.
        Nejtěžší na té práci je vstávání, protože první směna začíná už ve čtyři.
        Kluci našli na půdě bednu plnou starých map a hned začali hledat poklad.
        Sýkorky si zvykly na naše krmítko a ťukají do okna, když v něm dojdou semínka.
        Opravář přišel, podíval se na pračku, zavrtěl hlavou a řekl, že se vrátí po svátcích.
        Tuto neděli se uskuteční běh kolem přehrady, kterého se zúčastní i starostka.
        Pavouk si přes noc upředl síť přímo mezi řídítky mého kola, a tak jsem šel raději pěšky.
        Dřevo se musí nechat pořádně vyschnout, jinak bude v kamnech jenom čoudit.
        Ve vlaku jsem seděla naproti pánovi, který celou cestu skládal z papíru jeřáby.
        Tatínek slíbil, že nás vezme na pouť, jestliže do pátku uklidíme celou dílnu.
        Na rozcestí jsme zabloudili, protože někdo otočil šipku, která ukazuje k rozhledně.
        Voda v rybníce je už příliš studená, a proto se chodí koupat jenom otužilci.
        Císař přikázal, aby se podél silnice vysázely topoly, protože vojáci měli pochodovat ve stínu.
        Kdo z vás ví, proč měsíc někdy vypadá větší, když zrovna vychází nad obzor?
        Sláva, dopsala jsem tu diplomku, takže se můžu po měsíci konečně pořádně vyspat!
        Nemůžeme najít nikoho, kdo by uměl opravit kostelní hodiny, které stojí už od Vánoc.
        Při úklidu půdy jsme objevili kufr s fotografiemi lidí, které nikdo z nás nezná.
        Syn se bojí tmy, a tak mu necháváme pootevřené dveře a rozsvícenou lampičku.
        Ježek, který bydlí pod naší terasou, chodí každý večer dojídat kočičí granule.
        Lístky na večerní představení už nejsou, zbývá jenom pár míst k stání.
        Zahradník doporučil, abychom růže na zimu přikryli chvojím a nezalévali je.
        Soud včera rozhodl, že obec musí vrátit pole i les dědicům původního majitele.
        Byla to nejkrásnější dovolená, jakou jsme kdy zažili, přestože celou dobu lilo.
        Prodavačka mi zabalila sýr do papíru a přidala k němu kousek na ochutnání.
        Prapradědeček byl vorař a po řece se dostal až do Hamburku, odkud se vracel pěšky.
        Na chodbě to voní kávou, takže paní vrátná už je určitě v práci a můžeme si jít pro klíče.
        Lepidlo naneste na obě plochy, chvíli počkejte a pak je k sobě pořádně přitiskněte.
        Trpaslík na zahradě zmizel přesně v den, kdy se odstěhovali nájemníci z přízemí.
        Studenti přes léto pracovali na chmelu a vydělali si na cestu k moři i na nový stan.
        Výtah už zase nejede, takže ten nový gauč budeme muset vynést po schodech.
        Víš co, nech to být, já ty knížky do knihovny odnesu sám, stejně jdu kolem.
        """
}
