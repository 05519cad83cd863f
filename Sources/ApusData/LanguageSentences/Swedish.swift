// Sentences in Swedish, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let swedish = """
        Jag hann inte med tåget i morse och fick därför vänta nästan en timme på nästa.
        När vi kom fram till stugan var det så kallt att vi sov med mössa och vantar på oss.
        Min mormor brukade säga att den som inte har tid att fika har för mycket att göra.
        Det blåser upp till storm längs kusten i natt, och många färjor har redan ställts in.
        Vad tycker du att vi ska laga till middag? Det finns bara ägg och lök i kylskåpet.
        Forskarna upptäckte att humlorna kan lära sig av varandra hur man öppnar en liten lucka.
        Läraren bad oss att läsa texten högt, men ingen i klassen vågade börja.
        Pappa har köpt en gammal segelbåt som han ska rusta upp i trädgården under våren.
        Jag vet inte vart katten har tagit vägen, hon brukar alltid komma när jag ropar.
        Kommunen vill stänga biblioteket på lördagar, vilket har väckt starka protester.
        Vispa grädden lätt, vänd ner bären och ställ formen i kylen i minst två timmar.
        Laget förlorade finalen efter straffar, och flera av spelarna grät öppet på planen.
        Drottningen lät bygga ett litet slott åt sina gäster mitt i den stora parken.
        Tack för ditt brev, det värmde verkligen att höra från dig efter så lång tid.
        ”Har du gjort dina läxor?” frågade mamma utan att lyfta blicken från tidningen.
        Älgen stod alldeles stilla mellan träden och tittade på oss innan den försvann.
        Jag har aldrig förstått varför folk gillar att simma i iskallt vatten på vintern.
        De flyttade från Stockholm till en gård i skogen, där de nu odlar potatis och föder upp får.
        Det tog flera år innan han vågade berätta för sina föräldrar vad som hade hänt.
        Hon springer en mil varje morgon, oavsett om det regnar, snöar eller är tjugo grader varmt.
        Glöm inte att stänga av spisen och släcka lamporna innan du går hemifrån.
        Barnen byggde en koja av granris och vägrade gå in trots att maten var klar.
        Regeringen föreslår att skatten på el ska sänkas för dem som bor i norra Sverige.
        Norrskenet dansade över himlen som gröna gardiner, och ingen av oss sa någonting.
        Jag är så trött efter veckan på jobbet att jag bara vill ligga i soffan och titta på film.
        Min syster spelar cello i en orkester och övar så mycket att grannarna klagar.
        Bilen startade inte, så vi fick be grannen om hjälp att skjutsa barnen till skolan.
        På medeltiden fanns det inga gafflar, utan man åt med kniv, sked och sina egna fingrar.
        Kan du vara snäll och skicka saltet? Soppan smakar inte så mycket som jag hade hoppats.
        Tranorna kommer tillbaka till sjön varje vår och dansar på de våta ängarna.
        Hon öppnade fönstret, andades in den friska luften och bestämde sig för att stanna.
        Priset på kaffe har stigit kraftigt, och nu börjar även caféerna ta mer betalt för bullarna.
        Vi gick vilse i skogen men hittade till slut en stig som ledde ner till vägen.
        Skruva loss locket, torka bort dammet med en mjuk trasa och byt sedan ut filtret.
        Morfar berättar ofta om hur det var när elektriciteten till slut kom till byn.
        Eleverna fick välja mellan att skriva en uppsats och att hålla ett kort föredrag.
        Det luktade nybakade bullar i hela huset när jag kom hem från skolan i går.
        Skidåkaren föll i sista backen men lyckades ändå ta sig i mål som tredje man.
        Hur länge har ni bott här egentligen? Ni verkar känna varenda människa i kvarteret.
        Myrorna bär hem barr och kvistar till stacken och arbetar utan att någonsin vila.
        Jag skulle vilja boka ett bord för fyra personer, helst vid fönstret om det går.
        Hennes dotter har börjat på förskolan och pratar inte om något annat än grävmaskiner.
        Brandmännen lyckades släcka elden innan den hann sprida sig till de andra husen.
        Man kan inte lita på vädret i april; ena dagen är det sol och nästa dag ligger snön djup.
        Han läste samma mening tre gånger utan att förstå vad den egentligen betydde.
        Sommaren vi aldrig glömmer var den när farmor lärde oss alla att dansa hambo.
        Många av de gamla husen revs på sextiotalet för att ge plats åt nya varuhus.
        Om du känner dig sjuk i morgon är det bättre att du stannar hemma och vilar.
        Fåglarna sjöng redan klockan tre, och solen hade knappt hunnit gå ner.
        Jag råkade spilla kaffe på tangentbordet, och nu fungerar ingen av de översta knapparna.
        Tjejerna i laget åkte buss hela natten för att hinna till turneringen i tid.
        Koka upp vattnet, häll i pastan och rör om då och då så att den inte klibbar ihop.
        Min chef säger att vi måste bli bättre på att lyssna på varandra under mötena.
        Grannens hund skäller så fort någon går förbi, men den är egentligen väldigt snäll.
        Arkeologerna hittade en yxa av flinta och några brända ben under den gamla vägen.
        Kära dagbok, i dag vågade jag äntligen prata med pojken som sitter längst fram i klassen.
        Det är inte lätt att välja yrke när man är sexton år och tycker om nästan allt.
        Tågtrafiken stod stilla i flera timmar efter att ett träd hade fallit över rälsen.
        Hon stickade en tröja åt honom, men ärmarna blev så långa att han fick vika upp dem.
        Vattnet i sjön var spegelblankt, och vi paddlade långsamt för att inte störa svanarna.
        Varför sa du inte att du var allergisk mot nötter? Jag kunde ju ha bakat något annat.
        Polisen söker nu vittnen som såg en röd lastbil lämna platsen vid midnatt.
        Efter regnet växer svampen så det knakar, och vi fyllde två korgar med kantareller.
        Farfar var skomakare och kunde se på en människas gång vilka skor hon borde ha.
        De nya eleverna hälsades välkomna av rektorn, som höll ett alldeles för långt tal.
        Jag drömde att jag hade glömt mina skor hemma och fick gå barfota på bröllopet.
        Vintergatan består av hundratals miljarder stjärnor, och många av dem har egna planeter.
        Vi brukar äta ärtsoppa på torsdagar och pannkakor med sylt till efterrätt.
        Han sparkade bollen så hårt att den flög över staketet och rakt in i grannens växthus.
        Det var en gång en flicka som bodde ensam med sin gamla get uppe på ett berg.
        Sjuksköterskan tog min hand och sa att det inte skulle göra särskilt ont.
        Företaget ska anställa fler ingenjörer, eftersom efterfrågan på batterier har ökat.
        Lägg märke till hur ljuset förändras när molnen drar bort från bergen.
        Min kompis har en papegoja som härmar telefonen och lurar hela familjen.
        Häromdagen träffade jag min gamla lärare på torget, och hon kände genast igen mig.
        Domaren blåste av matchen för tidigt, och publiken visslade ilsket åt honom.
        Isen låg fortfarande på viken i maj, så fiskarna kunde inte lägga ut sina nät.
        Skicka gärna ett meddelande när du är framme, så att jag inte behöver oroa mig.
        Våra kusiner från landet kom på besök och tog med sig nyplockade jordgubbar.
        Det sägs att huset är hemsökt, men jag har bara hört möss som springer i väggarna.
        Biljetterna till konserten tog slut på några minuter, och många fans blev besvikna.
        Hon ville hellre bli snickare än advokat, och det har hon aldrig ångrat.
        Ta av dig skorna i hallen, annars drar du in sand och grus i hela lägenheten.
        Vargen är skygg och undviker oftast människor, men den behöver stora områden att leva i.
        Jag fick ett vykort från min bror, som just nu vandrar ensam genom Alperna.
        Tidningen avslöjade att flera politiker hade använt skattepengar till privata resor.
        Vem har ätit upp den sista biten av tårtan? Den skulle ju sparas till pappa.
        Snön föll tyst över staden, och gatlyktorna såg ut som små gula månar i mörkret.
        Byborna samlades vid bron för att höra vad prästen hade att säga om översvämningen.
        Efter skilsmässan lärde han sig att laga mat, tvätta och stryka sina egna skjortor.
        """
}
