// Sentences in Finnish, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let finnish = """
        Aamulla satoi niin paljon lunta, että emme saaneet autoa ulos autotallista ennen puoltapäivää.
        Mummo neuloi minulle villasukat, joissa on sinisiä raitoja ja pehmeä kantapää.
        Kun tulimme mökille, huomasimme, että hiiret olivat syöneet kaikki kynttilät.
        Opettaja pyysi meitä kirjoittamaan aineen siitä, mitä haluaisimme tehdä isoina.
        Linja-auto oli myöhässä, joten kävelin asemalle ja ehdin juuri ja juuri junaan.
        Minun isäni työskenteli paperitehtaalla yli kolmekymmentä vuotta eikä koskaan valittanut.
        Keitä perunat ensin melkein kypsiksi ja lisää sitten joukkoon lohi, kerma ja tilli.
        Tutkijat ovat havainneet, että korpit osaavat suunnitella asioita etukäteen.
        Huomenna sää on poutainen, mutta iltapäivällä voi tulla ukkoskuuroja maan itäosaan.
        Naapurin koira karkasi yöllä, ja löysimme sen aamulla nukkumasta saunan portailta.
        Olen pahoillani, etten vastannut kirjeeseesi aikaisemmin, mutta olin koko kesän merellä.
        Joukkue hävisi ottelun viimeisellä minuutilla, kun vastustaja sai vielä yhden maalin.
        Tiedätkö, mihin aikaan kirjasto menee kiinni lauantaisin, vai pitääkö minun soittaa sinne?
        Lapset rakensivat metsään majan, jonka katto tehtiin kuusenoksista ja vanhasta purjeesta.
        Kaupunki aikoo korjata vanhan sillan, koska se ei enää kestä raskaita kuorma-autoja.
        Vaarin veneessä ei ollut moottoria, vaan me soudimme aina vuorotellen saareen ja takaisin.
        Tyttäreni haluaa eläinlääkäriksi, vaikka hän pelkää vähän isoja hevosia.
        Sota-aikana kylän naiset hoitivat pellot, karjan ja lapset aivan yksin.
        Jos puuro palaa pohjaan, liota kattilaa yön yli kylmässä vedessä äläkä raaputa sitä.
        Syksyllä kurjet kerääntyvät pellolle ennen kuin ne lähtevät pitkälle matkalle etelään.
        Hän sanoi tulevansa kahdeksalta, mutta kello on jo yhdeksän eikä häntä näy missään.
        Lääkäri kehotti minua lepäämään viikon ja juomaan runsaasti lämmintä mehua.
        Museossa on esillä vanha soutuvene, joka löydettiin järven pohjasta viime keväänä.
        Veljeni osti kirpputorilta haitarin ja soittaa nyt joka ilta samaa valssia.
        Vesi oli niin kylmää, että uskalsimme kastaa siihen vain varpaat ja juoksimme takaisin saunaan.
        Muista sulkea ikkunat ennen kuin lähdet, sillä illaksi on luvattu kovaa tuulta.
        Kissa oli eksynyt naapurin kellariin ja naukui siellä, kunnes joku avasi sille oven.
        Työntekijät menivät lakkoon, koska he eivät hyväksyneet uutta palkkasopimusta.
        Pimeässä metsässä kuului outo ääni, ja me kaikki puristimme taskulamppua tiukemmin.
        Tämä polku vie suon yli, joten laita kumisaappaat jalkaan ja pysy pitkospuilla.
        Luokkamme lähti retkelle linnaan, jossa opas kertoi meille vankityrmän historiasta.
        Anteeksi, voisitteko auttaa minua nostamaan tämän matkalaukun hyllylle?
        Äiti paistoi lättyjä pihalla, ja koko naapuruston lapset juoksivat paikalle.
        Planeetan pinnalla on niin kuuma, että lyijykin sulaisi siellä hetkessä.
        Setäni muutti pohjoiseen hoitamaan poroja eikä ole katunut päätöstään päivääkään.
        Kaupan edessä oli pitkä jono, sillä kaikki halusivat ostaa tuoreita mansikoita.
        Hiihtäjä kaatui heti ensimmäisessä alamäessä, mutta nousi ylös ja jatkoi matkaansa.
        Minulla ei ole enää yhtään puhdasta paitaa, joten minun on pakko pestä pyykkiä tänään.
        Vanha pappila paloi viime yönä, mutta kukaan ei onneksi loukkaantunut.
        Karhu oli käynyt mehiläispesillä ja jättänyt jälkeensä pelkkiä laudanpätkiä.
        Ruuvaa ensin jalat kiinni pöytälevyyn ja käännä pöytä vasta sitten oikein päin.
        En ymmärrä, miksi puhelin hiljenee aina silloin, kun odotan tärkeää soittoa.
        Kalastajat kertovat, että silakkaa saadaan nyt vähemmän kuin heidän nuoruudessaan.
        Hyvä ystävä, kiitos kutsusta; tulemme mielellämme, jos saamme lapsille hoitajan.
        Yöllä taivaalla näkyi revontulia, ja heräsimme kaikki katsomaan niitä kuistilta.
        Biologian tunnilla tutkimme lammesta otettua vettä, ja siinähän vilisi pieniä eläimiä.
        Raitiovaunu pysähtyi keskelle siltaa, eikä kuljettaja osannut sanoa syytä.
        Ennen vanhaan jäätä sahattiin järvestä ja säilytettiin sahanpurujen alla koko kesä.
        Pikkusiskoni väittää, että sängyn alla asuu siili, joka syö hänen sukkansa.
        Sieniä ei kannata kerätä, ellei ole aivan varma siitä, että ne ovat syötäviä.
        Uusi naapurimme soittaa viulua niin kauniisti, ettei kukaan raaski pyytää häntä lopettamaan.
        Hallitus päätti myöntää lisää rahaa teiden korjaamiseen ja uusiin junaratoihin.
        Talvella meri jäätyy, ja saaren asukkaat ajavat kauppaan moottorikelkoilla.
        Löysin ullakolta laatikon, joka oli täynnä isoisäni nuoruudessaan kirjoittamia runoja.
        Jätä taikina kohoamaan liinan alle ja lämmitä uuni sillä aikaa kuumaksi.
        Mihin sinä panit sakset? Minä näin ne vielä eilen keittiön laatikossa.
        Oravat hautaavat käpyjä maahan eivätkä sitten enää muista, mihin ne on kätketty.
        Olimme niin väsyneitä vaelluksen jälkeen, että nukahdimme ennen kuin teltta oli pystyssä.
        Kuningas määräsi, että jokaisen talon piti antaa laivastolle kaksi tervatynnyriä vuodessa.
        Valmentajan mielestä meidän pitäisi nukkua enemmän ja syödä kunnon aamiainen.
        Poikamme oppi pyöräilemään viikossa, mutta jarruttamista hän harjoittelee vieläkin.
        Tehtaan piippu kaadettiin eilen, ja puoli kaupunkia tuli katsomaan sitä.
        Sateen jälkeen pihalla oli niin suuri lätäkkö, että sorsatkin uivat siinä.
        Kirjoitan sinulle junasta, joka seisoo jo toista tuntia keskellä lumista peltoa.
        Vuokranantaja lupasi korjata vuotavan hanan, mutta mitään ei ole tapahtunut.
        Hyttyset olivat niin ahnaita, että söimme makkarat saunan sisällä ja pidimme oven kiinni.
        Tähtitieteilijä näytti meille kuun kraattereita vanhalla kaukoputkellaan.
        Eikö olekin outoa, että avaimet löytyvät aina siitä taskusta, jota tutkii viimeiseksi?
        Tätini lähetti meille kuivattuja karpaloita, mutta posti toimitti paketin väärään kylään.
        Suutari ehti korjata saappaani juuri ennen kuin loskakelit alkoivat ja kadut täyttyivät vedestä.
        Hirvi seisoi liikkumatta tien reunassa ja katosi sitten äänettömästi sumuun.
        Johtaja lupasi, ettei ketään irtisanota, mutta kahvihuoneessa kukaan ei uskonut häntä.
        Meidän perheessämme ei saa lukea pöydässä, paitsi sunnuntaisin aamiaisella.
        Lentokentällä oli niin hiljaista, että siivoojan radio kuului odotussaliin asti.
        Pojat kaivoivat ojan, jotta sulamisvesi ei enää valuisi kellariin eikä kastelisi perunoita.
        Vanhassa kartassa näkyy kylä, josta ei ole jäljellä muuta kuin kivinen kaivo.
        Levitä lakka ohuesti puun syiden suuntaan ja anna sen kuivua yön yli ennen hiomista.
        Hän oppi suomea kuuntelemalla radiosta säätiedotuksia ja vanhoja iskelmiä.
        Kumpi teistä jätti jääkaapin oven auki? Kaikki maito on mennyt pilalle!
        Muurahaiset kantoivat neulasia kekoonsa välittämättä lainkaan meidän eväistämme.
        Laiva lähtee kymmeneltä, joten meidän täytyy olla satamassa jo puoli kymmenen.
        Pankki sulki viimeisen konttorinsa, ja nyt vanhukset joutuvat matkustamaan kaupunkiin.
        Isä lämmitti saunan, vaikka ulkona oli hellettä ja me muut halusimme vain uimaan.
        Ystäväni asuu talossa, jonka ikkunoista näkee suoraan hautausmaalle ja satamaan.
        Uimari palasi rantaan vasta, kun pelastaja oli huutanut hänen nimensä kolme kertaa.
        Kevään merkki on se, että mustarastas laulaa antennin päässä jo ennen auringonnousua.
        Pesukone pitää niin kovaa ääntä, ettemme kuule toistemme puhetta keittiössä.
        Vietimme juhannuksen sateessa, mutta kukaan ei halunnut lähteä kotiin.
        Nuori ohjaaja teki elokuvan mummostaan, joka ajoi taksia kaupungin ensimmäisenä naisena.
        Hanki kantoi niin hyvin, että saatoimme hiihtää suoraan pellon poikki kouluun.
        """
}
