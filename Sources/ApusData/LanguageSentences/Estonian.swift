// Sentences in Estonian, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let estonian = """
        Hommikul oli nii paks udu, et ma ei näinud isegi naabri õunapuid üle aia.
        Vanaema õpetas mulle, kuidas kududa kindaid, mille muster on pärit meie kodusaarelt.
        Kui me jaama jõudsime, oli rong juba läinud ja järgmine pidi tulema alles õhtul.
        Õpetaja pani akna lahti, et me kuuleksime, kuidas pargis kevadpidu harjutatakse.
        Homme on ilm pilves ja pärastlõunal võib mõnel pool sadada lörtsi või jäävihma.
        Mu vend töötab laevatehases ja räägib kodus ainult keevitamisest ja jalgpallist.
        Koori kartulid ära, lõika need viiludeks ja pane koos sibulaga ahju küpsema.
        Teadlased avastasid, et merepõhjas elab vähk, kes ehitab oma koja teiste loomade karpidest.
        Lapsed tõid õuest suure jääpurika ja tahtsid, et ma selle nende jaoks külmikusse paneksin.
        Kas te oskate öelda, mis on selle lille nimi, mis kasvab teil seal värava kõrval?
        Meie koer kardab äikest nii väga, et poeb alati vannituppa pesukorvi taha.
        Linnavalitsus otsustas vana turuhoone korda teha ja avada seal raamatukogu.
        Ma jätsin salli rongi ja sain selle kätte alles siis, kui külmad olid juba möödas.
        Kallis onu, aitäh paki eest, kõik kommid on juba söödud ja sall on mul kaelas.
        Meie meeskond kaotas jälle, kuigi esimesel poolajal mängisid poisid väga hästi.
        Sõja ajal peitis pere hobuse metsa, sest muidu oleks see neilt ära võetud.
        Kevadel tulevad kured soole tagasi ja nende häält on kuulda kaugele üle põldude.
        Arst ütles, et luu on ilusasti kokku kasvanud ja et kipsi võib esmaspäeval ära võtta.
        Isa ostis laadalt vana kella, mis ei näita õiget aega, aga lööb väga ilusasti.
        Tütar kirjutas jõuluvanale nii pika kirja, et see ei mahtunud ühtegi ümbrikku ära.
        Lase hapukapsal tasasel tulel haududa ning lisa maitseks köömneid ja natuke suhkrut.
        Talvel tõmmatakse paadid kaldale ja mehed parandavad võrkkuurides püüniseid.
        Ma ei saa aru, miks ta ei võinud mulle lihtsalt helistada ja öelda, et ta ei tule.
        Metsavaht leidis põdravasika, kes oli kraavi kukkunud ega saanud omal jõul välja.
        Muuseumis näidati meile kirstu, mille põhja alla oli peidetud salajane laegas.
        Kui tahad, et porgandid suureks kasvaksid, tuleb peenart juba varakult harvendada.
        Rahvas kogunes väljakule, et kuulata, mida uus linnapea oma lubaduste kohta ütleb.
        Õde kolis maale, sest ta oli väsinud sellest, et trammid akna all öö läbi mürisesid.
        Kuuri alla kolis mutt, kes tegi ühe ööga kogu meie ilusa muruplatsi mulda täis.
        Järv oli peegelsile ja me sõudsime nii vaikselt, et isegi pardid ei lennanud ära.
        Töölised kaevasid tänava üles ja leidsid sealt keskaegse kaevu jäänused.
        Vabandage, kas see koht akna juures on vaba või ootate te siin veel kedagi?
        Naaber kasvatab mesilasi ja toob meile igal sügisel purgi pärnaõiemett.
        Pärast pikka matka olid mul jalad villis, aga tuju oli ikkagi väga hea.
        Poiss viskas palli otse naabri kasvuhoonesse ja jooksis siis kuuri taha peitu.
        Keemiatunnis läks katse untsu ja terve klass pidi tükk aega õues ootama.
        Ema ei lasknud meil enne lauda istuda, kui kõigil olid käed pestud ja juuksed kammitud.
        Enne saagimist mõõda laud kaks korda üle ja märgi õige koht pliiatsiga ära.
        Taevas on täna nii selge, et palja silmaga võib näha isegi Linnutee heledat vööd.
        Kalurid kurdavad, et hülged lõhuvad võrke ja söövad parema osa saagist ära.
        Ta rääkis oma lapsepõlvest nii elavalt, et keegi ei märganudki, kuidas aeg möödus.
        Postiljon jätab kirjad alati poodi, sest tema meelest on meie tee liiga porine.
        Mõisa viimane omanik oli kummaline mees, kes pidas saalis päris elusat karu.
        Kuhu sa võtmed panid? Ma olen juba kõik taskud ja sahtlid läbi otsinud.
        Jalgratturid pidid võistluse katkestama, sest teele oli langenud suur kuusk.
        Vihma on sadanud nii palju, et kartulid hakkavad põllul mädanema ja traktor jääb kinni.
        Lennuk ei saanud tuisu tõttu maanduda ja me veetsime öö hoopis teises linnas.
        Vanaisa jutustas, kuidas ta poisikesena laadal vargale järele jooksis ja koti kätte sai.
        Rebane käis öösel kanalas, kuid kukk tegi sellist lärmi, et kõik ärkasid üles.
        Õppejõud selgitas, miks merevesi on soolane, kuigi jõed toovad sinna magedat vett.
        Kas sa oled kuulnud, et kooli sööklas ei anta sellest nädalast enam magustoitu?
        Külas oli ainult üks telefon ja seegi asus möldri juures suures toas kella all.
        Mulle meeldib sügisel metsas käia, sest siis ei ole seal enam ühtki sääske.
        Valitsus lubas õpetajate palka tõsta, kuid ametiühing nende lubadusi ei usu.
        Keera kruvid algul ainult kergelt kinni, et saaksid riiulit veel sirgeks sättida.
        Ööbik laulis sirelipõõsas nii valjusti, et me pidime akna kinni panema.
        Kirja lõppu oli ta joonistanud väikese maja ja selle juurde kirjutanud, et ootab mind.
        Sõbranna avas väikese kohviku, kus pakutakse kaneelisaiu ja mängitakse lauamänge.
        Jõgi tõusis üle kallaste ja viis ära silla, mille mehed olid suvel ehitanud.
        Poeg küsis, kas kalad ka magavad, ja ma ei osanud talle midagi vastata.
        Kui moos hakkab paksuks minema, tõsta pott tulelt ja vala see kuumalt purkidesse.
        Tuul murdis vana tamme, mille all olid pulmi pidanud juba meie vanavanemad.
        Ajakirjanik ootas ministrit kaks tundi, kuid too lahkus majast tagaukse kaudu.
        Sipelgad leidsid meie piknikukorvi üles kiiremini, kui me jõudsime teki maha laotada.
        Öeldakse, et selles järves elab haug, kes on vanem kui mõni külaelanik.
        Vanast raamatust kukkus välja kuivatatud õis, mille keegi oli sinna aastate eest pannud.
        Pesumasin läks katki just siis, kui kogu pere oli suusamatkalt tagasi tulnud.
        Võistluse võitis tüdruk, kes oli suusatama õppinud alles aasta tagasi.
        Me istusime rannas, kuni päike kadus merre ja liiv jalgade all jahedaks muutus.
        Rott on tark loom, kes oskab labürindist väljapääsu leida ja selle meelde jätta.
        Kui ma väike olin, arvasin ma, et raadio sees elavad pisikesed inimesed, kes oskavad laulda.
        Kas keegi võiks mind aidata? Ma ei jõua seda kappi üksi trepist üles viia.
        Arheoloogid leidsid põllult hõbemünte, mis olid peidetud savipotti kivi alla.
        Vaata, et sa enne ärasõitu siibri kinni paned ja akna pärani lahti ei jäta.
        Üliõpilased mõõtsid terve suve raba veetaset ja elasid metsa ääres telkides.
        Mees ostis turult kaks hane, kuid üks neist pääses lahti ja lendas katusele.
        Tänavu õitsesid toomingad nii vara, et vanad inimesed ennustasid külma suve.
        Meie maja ehitati ajal, mil selles linnajaos oli veel ainult heinamaa ja paar lauta.
        Tädi käib igal hommikul meres ujumas, ka siis, kui rannas on lumi maas.
        Treener tuli ise väravasse, sest väravavaht oli haige ja kedagi teist ei olnud võtta.
        Direktor kutsus meid enda juurde ja küsis, kes oli kriidi seebi vastu vahetanud.
        Nahkhiired lendasid hämaras üle õue ja vanaema pani igaks juhuks räti pähe.
        Kuigi bussis oli palav, ei tahtnud keegi akent avada, sest teelt tõusis paksu tolmu.
        Sinu saadetud pildid on väga toredad, kõige rohkem meeldib mulle see, kus te heina teete.
        Kass magas klaverikaane peal ega teinud välja sellest, et me juba mängima hakkasime.
        Vana kirikukell valati ümber ja nüüd kõlab see hoopis tumedamalt kui enne.
        Ma pean minema kingsepa juurde, sest mu saapad lasevad mõlemad vett läbi.
        Rändlinnud lendavad öösiti ja leiavad tee üles tähtede ning rannajoone järgi.
        Kõige raskem selle töö juures on see, et iga päev tuleb tõusta enne kukke.
        Suvel magasime lakas heinte peal ja kuulasime, kuidas lehmad all mäletsesid.
        """
}
