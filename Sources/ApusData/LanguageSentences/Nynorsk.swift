// Sentences in Norwegian Nynorsk, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let nynorsk = """
        Eg veit ikkje kvar eg har lagt frå meg brillene, men dei må vere ein stad i stova.
        Ho fortalde meg at ho aldri hadde sett noko så vakkert som nordlyset den kvelden.
        Korleis kan det ha seg at du alltid kjem for seint til skulen når du berre bur fem minutt unna?
        Bøndene var glade då regnet endeleg kom, for åkrane deira hadde ikkje fått ein drope vatn sidan mai.
        Vi skal ikkje reise nokon stad i påska, men heller vere heime og måle kjøkenet.
        Dei gamle mennene sat på kaia og såg utover fjorden medan måsane skreik over båtane.
        Læraren spurde elevane kva dei ville gjere dersom dei fekk bestemme over skulen ein dag.
        Mor mi bakar alltid lefser til jul, og ho vil ikkje ha hjelp frå nokon av oss.
        Eg las ei bok om ein gut som vaks opp på ein gard langt inne i skogen.
        Kommunestyret vedtok i går å byggje ein ny barneskule, sjølv om ikkje alle var samde.
        Forskarar har funne ut at trea kan sende næring til kvarandre gjennom røtene, men ikkje heilt korleis.
        Kvifor seier du ikkje noko? Eg ser på deg at det er eitkvart som plagar deg.
        Sauene kom ned frå fjellet tidlegare enn vanleg, for det hadde byrja å snø i høgda.
        Ta ut kjøtet frå kjøleskapet ein time før du skal steikje det, så vert det mørare.
        Laget vårt vann kampen, og då me køyrde heim over fjellet etterpå, song me så høgt at sjåføren lo.
        Bestemor fortel gjerne om korleis det var å gå på skule den gongen ho var lita.
        Han er ikkje sjuk lenger, men legen meiner at han bør vere heime nokre dagar til.
        Det blæs kraftig frå nordvest i kveld, og dei veit ikkje om ferja vil gå i morgon tidleg.
        Eg skulle ynskje at vi kunne møtast oftare, no som ungane våre har vorte så store.
        Dotter mi vil verte veterinær, for ho seier at ho likar seg betre saman med dyr enn med folk.
        Ein flokk kråker sat i det gamle eiketreet og skreik så høgt at vi ikkje fekk sove.
        Dei to brørne snakka ikkje saman på mange år etter at garden vart seld.
        Hugs å vatne blomane medan eg er borte, og ta inn posten når det kjem noko.
        Kva tid går den siste bussen til Førde? Eg må rekke eit møte klokka åtte i morgon.
        Noko av det beste eg veit, er å liggje i graset og høyre på bekken som renn forbi.
        Kyrkja vart bygd av stein frå fjellet ovanfor bygda og har stått der i åtte hundre år.
        Avisa skriv at prisane på hus har gått ned, men eg merkar ikkje noko til det her.
        Ho syklar til arbeidet kvar dag, jamvel når det regnar og vinden kjem rett imot.
        Me plukka så mykje blåbær at me ikkje visste kva me skulle gjere med alle bøttene.
        Kjære bror, eg vonar at du har det bra, og at du ikkje har gløymt korleis det ser ut her heime.
        Guten kasta steinar i vatnet og talde kor mange gonger dei spratt bortover.
        Dersom du høyrer noko som piper i apparatet, må du ikkje røre det, men ringje til oss med ein gong.
        I gamle dagar rodde folk til kyrkje, og på kyrkjebakken fekk dei høyre nytt frå bygdene ikring.
        Eg er ikkje sikker på om eg torer å hoppe uti, for vatnet ser så kaldt ut.
        Spelarane var trøytte etter den lange reisa, og eg trur ikkje dei hadde noko meir å gje i siste omgang.
        Kattungane søv i ei øskje under omnen, og mora passar på at ingen kjem for nær.
        Det var ikkje lett å vere ny i klassen, men etter nokre veker fekk eg gode vener.
        Fiskarane fortalde at dei aldri hadde sett så mykje sild i fjorden på denne årstida.
        «Kom inn og set deg», sa ho, «så skal eg koke kaffi, og så får du fortelje meg korleis du har det.»
        Jorda går rundt sola på eitt år, men ho snur seg òg rundt seg sjølv, og difor vert det både dag og natt.
        Dei nye naboane våre kjem frå ein liten stad ved kysten og snakkar ein dialekt eg likar.
        Faren hans arbeidde på sagbruket heile livet og var aldri borte ein einaste dag.
        Eg gløymde å slå av omnen, og då eg kom heim, var heile leilegheita full av røyk.
        Ikkje gå ut på isen før nokon har målt kor tjukk han er, for det kan vere farleg.
        Songkoret øver i grendehuset kvar onsdag, og dei treng fleire som kan syngje bass.
        Ho såg på meg med store auge og spurde om eg verkeleg meinte det eg sa.
        Etter krigen reiste mange unge frå bygdene for å finne arbeid i dei veksande byane.
        Kor mykje mjøl skal det vere i deigen? Eg finn ikkje oppskrifta nokon stad.
        Røyskatten skifter pels om hausten og vert kvit, slik at han er vanskeleg å sjå i snøen.
        Me måtte snu like under toppen, for skodda vart så tjukk at me ikkje lenger såg kvar me gjekk.
        Sjefen vår er ein roleg mann som aldri hevar røysta, sjølv når noko går gale.
        Elevane har laga ei utstilling der dei viser kva folk åt og korleis dei levde i mellomalderen.
        Systera mi spelar fele i eit band som turnerer på festivalar over heile landet.
        Eg kjenner lukta av nyslått gras, og svalene flyg så lågt at det kanskje vert regn i morgon.
        Dei stengde vegen gjennom dalen etter at eit ras tok med seg både tre og straumstolpar.
        Eg har aldri forstått korleis nokon kan ete frukost før klokka seks om morgonen.
        Skjer rota i små bitar, ha dei i gryta og lat det heile småkoke til dei er mjuke.
        Ho på biblioteket hjelpte meg å finne ei bok om dei fuglane som hekkar ute på øyane her.
        No har vi venta i over ein time, og enno er det ingen som veit kva som er gale med toget.
        Ungane bygde eit snøslott med fire tårn og ville ikkje kome inn då det vart mørkt.
        Kven var det som ringde på døra så seint? Eg høyrde røyster, men såg ingen ute.
        Ho vart vald til leiar i ungdomslaget, endå ho er den yngste av oss alle.
        Bestefar min var smed, og dei som trong ein kniv eller ein hestesko, kom gåande til han frå heile bygda.
        Det er viktig å drikke nok vatn når ein er på tur, særleg om dagane er varme.
        Språket endrar seg heile tida, og orda vi brukar no, vil kanskje vere gløymde om hundre år.
        Fylket vil leggje ned fleire vidaregåande skular, og det har vekt sterke kjensler.
        Eg drøymde i natt at eg kunne flyge over åsane og sjå ned på alle dei små husa.
        Han kjøpte seg ein brukt traktor som ikkje ville starte, same kva han prøvde.
        Bjørnen søv mesteparten av vinteren og et ikkje noko før han kjem ut att om våren.
        Takk for sist! Det var så triveleg å vere hos dykk att, og jentene snakkar enno om kva dei fekk sjå.
        Dei som ikkje har betalt medlemspengane, må gjere det før årsmøtet i neste veke.
        Vesle Anna gret fordi ho ikkje fann bamsen sin, men han låg berre under senga hennar.
        Kvar sommar kjem det turistar til bygda for å sjå fossane og dei bratte fjella.
        Snikkaren sa at golvet måtte skiftast, for fleire av bjelkane hadde rotna.
        Eg trur ikkje at ho kjem i dag, for ho sa noko om at ho hadde så vondt i hovudet.
        Keeparen vår stod som ein vegg heile kampen og slapp berre inn eitt einaste mål.
        Om våren vert elva så stor og brun at me høyrer henne heilt opp til husa, sjølv med attlatne vindauge.
        Set bordet bort til vindauget, så kan me sjå sola gå ned medan me et og snakkar om korleis dagen har vore.
        Professoren fortalde oss korleis stjernene vert til, og kvifor nokre av dei lyser sterkare enn andre.
        Dei fann gamle myntar i åkeren då dei skulle pløye, og no ligg dei på museet.
        Mange av dikta hans handlar om einsemd, men det finst òg noko lyst og varmt i dei.
        Ho legg alltid frå seg telefonen på kjøkenet, og så finn ho han ikkje att når det ringjer.
        Vi fekk geitost, flatbrød og rjome då vi vitja tanta mi på stølen i fjor.
        Kan du vere snill og seie frå til dei andre at møtet er flytta til i overmorgon?
        Skiløparen frå Voss leidde lenge, men dei siste kilometrane vart for tunge for henne.
        Det er inga skam å snu, men det kjennest ikkje alltid slik når ein ser toppen så nær.
        Eg har fått meg hund, og no går eg lange turar kvar einaste morgon før arbeidet tek til.
        Då straumen gjekk midt under middagen, tende ho nokre lys, og så åt me vidare som om ikkje noko hadde hendt.
        Meisteren synte læreguten korleis han skulle kvesse øksa utan å skjere seg.
        Somme seier at det spøkjer på loftet, men eg har ikkje høyrt anna enn vinden i taket.
        """
}
