// Sentences in Slovak, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let slovak = """
        Včera som stretol bývalú spolužiačku, ktorá teraz učí deti hrať na husliach.
        Keď sme vyšli na hrebeň, vietor bol taký silný, že sme sa museli držať reťaze.
        Stará mama hovorí, že kapusta je najlepšia vtedy, keď sa zohrieva už tretíkrát.
        Môj otec má v pivnici dielňu, v ktorej vyrába drevené hračky pre celú ulicu.
        Na zajtra hlásia dážď, preto sme sa rozhodli, že na výlet pôjdeme až v nedeľu.
        Učiteľka nám povedala, aby sme si priniesli gumáky, lebo ideme skúmať potok.
        Ľudia v dedine si pamätajú, ako sa pred rokmi pretrhla hrádza a voda zobrala mlyn.
        Prepáčte, toto miesto je obsadené, lebo manžel si len odskočil kúpiť niečo na pitie.
        Cibuľu nakrájajte nadrobno, opražte ju na masti a až potom pridajte mletú papriku.
        Medveď prišiel v noci až k chate a zjedol všetky jablká, ktoré sme nechali vonku.
        Naše družstvo vyhralo len vďaka brankárovi, ktorý chytil všetko, čo sa dalo.
        Milý Ondrej, ďakujem ti za pohľadnicu, ktorá prišla presne v deň mojich narodenín.
        Vedci zistili, že niektoré stromy si dokážu vymieňať živiny prostredníctvom húb.
        Dcéra si myslí, že hromy sú obri, ktorí sa niekde za kopcom sťahujú aj s nábytkom.
        Mesto plánuje postaviť nový most, po ktorom budú môcť jazdiť aj cyklisti.
        Stratila som kľúče od bytu a musela som čakať na schodoch, kým sa vráti manžel.
        V starom kaštieli býval gróf, ktorý vraj vedel naspamäť celú svoju knižnicu.
        Bez teba by som to nebol stihol, veď vieš, že s počítačom si vôbec nerozumiem.
        Pes nášho suseda sa naučil otvárať bránku a teraz sa prechádza po celej dedine.
        Na jar sa do hniezda na komíne vracajú bociany a deti ich chodia vítať.
        Do cesta vmiešajte tvaroh a hrozienka, rozvaľkajte ho a nechajte aspoň hodinu odpočívať v chladničke.
        Minister oznámil, že učitelia dostanú vyššie platy, ale odbory s tým nesúhlasia.
        Ako chlapec som chodil s dedom na salaš a dodnes cítim vôňu čerstvej žinčice.
        Vlak mal meškanie, lebo na koľajniciach ležal strom, ktorý vyvrátila víchrica.
        Sestra si kúpila šijací stroj a odvtedy máme v celom byte plno nití a gombíkov.
        Kto zase nechal otvorené okno? Vietor mi rozfúkal po celej izbe všetky papiere!
        Zdravotná sestra mi povedala, že výsledky budú hotové až vtedy, keď sa vráti pán primár.
        Pred sto rokmi odtiaľto odišla za prácou polovica mužov a mnohí sa už nikdy nevrátili.
        Netopiere si v jaskyni našli miesto, kde ich nikto neruší, a prespia tam celú zimu.
        Skontrolujte, či je kábel dobre zapojený, a potom podržte tlačidlo päť sekúnd.
        Na chodbe internátu bolo cítiť smažený syr a z každej izby hrala iná hudba.
        V lete sme sa kúpali v jazere, ktoré bolo také studené, že nám zmodreli pery.
        Ujo Jano vie opraviť každé rádio, ale do mobilného telefónu by sa nepustil.
        Horskí záchranári pomohli turistke, ktorá si na mokrom chodníku vyvrtla členok.
        Mačka si ľahla na noviny práve vtedy, keď som si ich chcel konečne prečítať.
        Kedysi sa v tejto doline ťažilo striebro a baníci tu mali vlastný kostol.
        Ak chcete, aby vám ruže vydržali dlhšie, každý deň im vymeňte vodu vo váze.
        Povedz mi, prečo si neprišla, keď sme sa dohodli, že sa stretneme pod hodinami?
        Brat si našiel robotu v pekárni, lebo rád vstáva skoro, a odvtedy máme vždy čerstvý chlieb.
        Najstaršia lipa v okolí má vyše päťsto rokov a v jej dutine sa zmestia štyria ľudia.
        Žiaci nazbierali toľko gaštanov, že ich horári museli odviezť na dvoch vozoch.
        Mrzí ma, že som na teba kričal, bol som unavený a nič sa mi v ten deň nedarilo.
        Pretekári vyštartovali ešte za tmy a na čele mali svietidlá, ktoré bolo vidieť z celej doliny.
        Cez víkend bude slnečno, iba na severe sa môžu vyskytnúť slabé prehánky.
        Susedia nám priniesli hrozno zo svojej vinice a my sme im za to dali lekvár.
        Rieka v noci zamrzla a ráno po nej prebehla líška, akoby sa jej nič netýkalo.
        Keby som mal viac času, naučil by som sa po taliansky a odišiel by som k moru.
        V múzeu sme videli bicykel celý z dreva, na ktorom vraj jazdil miestny notár.
        Mama nás poslala do obchodu po múku, no my sme sa zastavili na ihrisku a zabudli sme.
        Čmeliaky lietajú aj v chladnom počasí, keď ostatný hmyz ešte nevychádza z úkrytov.
        Riaditeľ školy vyhlásil, že v piatok sa skončí skôr, pretože prestalo ísť kúrenie.
        Lyžiari čakali pri vleku celé hodiny, pretože išiel prúd len do jedinej budovy.
        Hríby očistite, pokrájajte na plátky a nechajte ich sušiť na papieri pri peci.
        Pracujem na pošte už dvanásť rokov a ešte vždy ma prekvapí, čo všetko ľudia posielajú.
        Deti si z krabíc vyrobili divadlo a pozvali všetkých susedov, aby sa prišli pozrieť.
        Prvý raz som letela lietadlom a celý čas som sa držala cudzieho pána za rukáv.
        Archeológovia našli pri stavbe diaľnice hroby, ktoré sú staršie než samotné mesto.
        Počkaj ma pri fontáne, len si vybavím niečo v banke a hneď som pri tebe.
        Babka nikdy nevážila múku, a predsa sa jej koláče vždy vydarili rovnako.
        Ovce sa pásli na svahu a bača sedel na kameni a vyrezával si novú palicu.
        Kým voda vrie, nastrúhajte si syr a rozohrejte na panvici trochu slaniny.
        Obyvatelia sídliska sa sťažujú, že výťahy nefungujú a že smeti nikto neodváža.
        Môžem si od teba požičať rebrík? Ten náš je krátky a nedočiahnem na odkvap.
        Po vojne sa rodina vrátila do domu, v ktorom neostalo ani jedno celé okno.
        Škovránky nám obrali celú čerešňu skôr, ako sme stihli doniesť košíky.
        Môj starší brat sa ide ženiť a mama už tretí mesiac nehovorí o ničom inom.
        Vodič električky zastavil medzi zastávkami, aby mohla cez cestu prejsť kačica s mladými.
        Hviezdy bolo vidieť tak jasne, akoby ich niekto práve umyl a znovu zavesil.
        Keď zomrel kráľ, šľachta sa nevedela dohodnúť, kto má zasadnúť na trón.
        Najprv si treba dobre premyslieť, čo chcete napísať, a až potom zobrať pero.
        Nový spolužiak je tichý, ale keď sme hrali futbal, strelil nám štyri góly.
        Na trhu som kúpila med, tvaroh a vajcia od tetušky, ktorá má najhlučnejšie sliepky.
        V zime chodíme na saniach na kopec za kostolom, kým nám neskrehnú prsty.
        Plyš na gauči je celý poškriabaný, lebo kocúr si na ňom každé ráno brúsi pazúry.
        Spoločnosť prepustí tretinu zamestnancov, keďže sa jej výrobky prestali predávať.
        Ešte sme nedojedli polievku, a už niekto búchal na dvere a volal, že horí stodola.
        Z okna vidím vežu s hodinami, ktoré ukazujú stále ten istý čas: štvrť na päť.
        Žaba skočila do vedra s vodou a môj malý synovec sa smial, až sa rozkašľal.
        Večer nás čakala teplá večera a hostiteľka nám rozprávala, ako prežila povodeň.
        Chcel by som vrátiť tieto topánky, pretože ma tlačia a podrážka sa už odlepuje.
        Teta Oľga vyšíva obrusy, ktoré potom dáva všetkým príbuzným na Vianoce.
        V laboratóriu bolo ticho, iba voda kvapkala do sklenenej nádoby s modrým roztokom.
        Pozor, dlážka je práve natretá, choďte radšej zadným vchodom cez dvor!
        Trénerka si myslí, že by sme mali menej behať a viac sa učiť prihrávať.
        Jazvec si vyhrabal noru pod našou stodolou a v noci ho počuť, ako dupoce.
        Nevedel som, že vieš tak pekne spievať; mal by si sa prihlásiť do nášho zboru.
        Kone zostali stáť uprostred poľa, lebo ucítili vlka skôr, než ho pastier zbadal.
        Pri sťahovaní sa nám rozbila váza, ktorú sme dostali ako svadobný dar.
        Prístav bol plný člnov a čajky sa hádali o zvyšky rýb, ktoré rybári vyhodili.
        Poslankyňa sa opýtala, prečo sa peniaze na školy stratili a kto za to nesie zodpovednosť.
        """
}
