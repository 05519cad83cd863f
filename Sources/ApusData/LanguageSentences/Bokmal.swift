// Sentences in Norwegian Bokmål, written for Apus.
extension LanguageSentences {
    // swift-format-ignore
    static let bokmal = """
        Jeg rakk ikke bussen i morges, så jeg måtte gå hele veien til jobben i øsende regnvær.
        Etter middagen ble vi sittende på verandaen og snakke om hva vi skulle gjøre i ferien.
        Hun sa at hun nesten ikke hadde sovet, fordi en av naboene hadde øvd på trommene til langt ut på natta.
        Været blir bedre utover uka, men i nord må folk regne med mye vind og noe snø i fjellet.
        Hvor har du lagt nøklene mine? Jeg har lett etter dem i hele huset uten å finne dem.
        Bestefar lærte meg å fiske ørret i det lille vannet bak hytta da jeg var seks år gammel.
        Kommunen har ikke råd til å drive svømmehallen lenger, og nå vet ingen hva som kommer til å skje med den.
        Ha melet i en bolle, bland inn egg og melk, og la røra hvile en halv time før du steker.
        Forskerne fant ut at fuglene flyr mye lenger enn noen hadde trodd, nesten uten å hvile.
        Takk for brevet du sendte meg! Jeg leste det høyt for hele familien, og etterpå ble det hengt opp på veggen.
        Hjemmelaget tapte igjen, og treneren visste ikke hva han skulle si til journalistene etterpå.
        Læreren ba oss skrive en fortelling om noe vi hadde opplevd i løpet av sommerferien.
        Da krigen var over, vendte mange av flyktningene hjem til hus som ikke lenger fantes.
        Katten vår hopper opp i vinduet når den hører at noen kommer, selv om det bare er postmannen.
        «Hvis du ikke skynder deg nå, går toget fra oss», ropte hun fra gangen etter å ha ventet lenge.
        Jeg har begynt å lære meg italiensk, men jeg husker fortsatt ikke hva halvparten av ordene betyr.
        Det luktet nybakte boller i hele oppgangen, og jeg ble plutselig veldig sulten.
        Sjefen min sier at jeg bruker for mye tid på møter og ikke nok på å høre hva kundene ønsker seg.
        Hvis du ikke finner noen ledig plass her, kan du parkere bak kirken etter klokka fire.
        Søsteren min flyttet til Bergen i fjor høst og har allerede fått seg både jobb og kjæreste.
        Isbjørnen er avhengig av isen, og når den smelter, må den gå mye lenger for å finne noe å spise.
        Vi gikk på ski hele dagen og ble så slitne at ingen orket å lage noe til kvelds.
        Husk å skru av strømmen før du bytter lyspæren, og ta aldri i ledninger med våte hender.
        Barna kastet snøballer på hverandre i skolegården, og ingen av dem hørte at det hadde ringt inn.
        Han spurte henne om hun ville bli med på kino, men hun svarte at hun måtte jobbe.
        Regjeringen vil gjøre det billigere å bo på landet, men har ikke sagt noe om hvor pengene skal komme fra.
        Hva synes du om den nye boka hennes? Jeg ble skuffet over slutten, men likte språket veldig godt.
        Fiskebåtene ble liggende ved kaia i hele går, for etter det jeg hørte, var det altfor mye vind.
        På loftet fant jeg en kasse med gamle brev som mormor ikke hadde vist fram til noen etter krigen.
        Legen sa at jeg burde hvile kneet i noen uker og ikke løpe før i begynnelsen av mai.
        Om morgenen drikker jeg svart kaffe og leser avisen mens huset fortsatt er stille.
        Bilen min ville ikke starte i kulda, så jeg måtte gå over og be en av naboene om hjelp.
        Elevene ble delt inn i grupper og fikk i oppgave å bygge en bro av spagetti og lim.
        Det er ikke noe galt med å ombestemme seg når man får vite mer om en sak.
        Skogen var så stille at jeg hørte snøen falle av greinene, og jeg våget nesten ikke å puste.
        Butikken har sluttet å selge plastposer, og kundene må nå ta med egne handlenett hjemmefra.
        Lillebroren min tror fortsatt at månen følger etter oss når vi kjører bil om kvelden.
        Jeg spiser helst rømmegrøt med mye sukker og kanel, og etterpå må jeg nesten alltid legge meg litt.
        Etter flere år med forsinkelser ble den nye tunnelen åpnet i går, men den ble stengt igjen etter bare noen timer.
        Kan du hjelpe meg med å bære sofaen opp? Heisen virker ikke, og jeg har ingen andre å spørre akkurat nå.
        Hun vant løpet med god margin, enda hun hadde vært syk hele uka i forveien.
        Vet du hvorfor vannet fra breen er så grønt? Det er fullt av stein som isen har malt opp til noe nesten som mel.
        Jeg glemte bursdagen til tanten min, og nå vet jeg ikke hvordan jeg skal gjøre det godt igjen.
        Hvis alarmen går, må alle gå rolig ut av bygningen og ikke ta med seg noe annet enn det de har på seg.
        Teltet ble vått tvers igjennom, men stemningen var god, og ingen av oss ville dra hjem.
        Naboen vår klippet plenen klokka seks om morgenen, og jeg ble ikke akkurat blid da jeg våknet av det.
        Oldemor snakket ofte om den gangen hun rodde over fjorden for å hente jordmoren.
        Prisen på strøm har gått opp igjen, og mange vet ikke hvordan de skal klare seg gjennom vinteren.
        Forestillingen ble avlyst i siste liten fordi hovedrolleinnehaveren hadde mistet stemmen.
        Det første jeg gjør når jeg kommer hjem fra jobb, er å ta av meg de trange skoene.
        Hvorfor sa du ikke noe om det før? Da kunne jeg ha bestilt et større bord, så alle hadde fått plass.
        Hvis du sto på månen, ville himmelen være svart også midt på dagen, for der finnes det nesten ikke luft.
        Hunden snuste lenge på meg før den bestemte seg for at jeg ikke var noe å være redd for.
        Vi har leid en liten hytte ved sjøen og gleder oss til å bade, lese og gjøre ingenting.
        Skjær løken i tynne skiver og la dem surre i smør til de er blitt myke, men ikke så lenge at de blir brune.
        Politiet leter etter en mann som gikk hjemmefra natt til søndag, og som ikke har gitt lyd fra seg siden.
        Jeg skjønner ikke hvordan du klarer å holde hagen så fin når du jobber så mye.
        Bussen til sykehuset går hvert kvarter, men i helgene må du vente noe lenger.
        Klubben har bygd nye garderober, og mye av arbeidet ble gjort av foreldre som ikke fikk noe betalt.
        Den gamle fyrvokteren bodde alene på øya i over tretti år, men han sa at han ikke savnet noe eller noen.
        Det begynte å snø mens vi satt i kirken, og da vi kom ut, var hele bygda blitt hvit.
        Gi meg beskjed når du er framme, slik at jeg ikke går her og uroer meg for deg.
        Datteren deres har fått sommerjobb på et gartneri og kommer hjem med jord under neglene.
        Vikingene seilte ikke bare for å plyndre; mange av dem var bønder som lette etter ny jord.
        Jeg hylte av glede da keeperen vår reddet straffesparket, og klemte noen jeg ikke engang kjente.
        Hvor mye koster det å sende en pakke til utlandet, og når vil den være framme?
        På fredager pleier vi å lage taco, selv om jeg vet at far egentlig ikke liker noe annet enn kjøttkaker.
        Flere av de ansatte har sluttet fordi ingen hørte etter da de klaget over støyen og den dårlige lufta.
        Jeg måtte bråstoppe bilen fordi en flokk reinsdyr krysset veien, og de hadde ikke akkurat noe hastverk.
        Mobilen min falt i gulvet, og nå er skjermen så sprukket at jeg nesten ikke ser hva jeg skriver.
        I gamle dager trodde folk at underjordiske vesener bodde under låven og voktet dyrene.
        Kjære deg, jeg tenker ofte på samtalene våre og håper at du har det bra der du er nå.
        Biene danser for å vise hverandre hvor blomstene står og hvor langt de må fly for å komme dit.
        Jeg ble så nervøs før prøven at jeg glemte alt jeg hadde lest kvelden i forveien.
        Skru ut de fire skruene bak, løft av lokket og tørk bort støvet, men ikke bruk noe som er vått.
        Guttene bygde en hytte av gamle planker og kvister, men den raste sammen etter første storm.
        Det har ikke regnet på fem uker, og bøndene frykter nå at avlingen skal tørke bort.
        Moren min strikker votter til alle barnebarna, enten de ber om det eller ikke.
        Vil du ha melk i kaffen, eller drikker du den svart? Jeg har dessverre ikke noe sukker.
        Flyet ble tre timer forsinket, og ingen på flyplassen kunne forklare oss hvorfor.
        Hun så på ham lenge før hun svarte, som om hun veide hvert eneste ord nøye.
        Orkesteret har øvd på den samme symfonien i flere uker, men dirigenten er fortsatt ikke fornøyd.
        Husk å ta med deg noe varmt i sekken, for det blir fort kaldt der oppe etter at sola har gått ned.
        Museet har åpnet en utstilling som viser hvordan folk levde av fiske og fangst for noen tusen år siden.
        Elgen sto helt stille og så på meg før den snudde seg og forsvant inn mellom trærne.
        Onkel har kjøpt seg en gammel seilbåt som han håper å få på vannet innen midtsommer.
        Etter at fabrikken ble lagt ned, har mange av de unge flyttet herfra, og noen av husene står nå tomme.
        Det nyttet ikke å krangle med ham, for han hadde bestemt seg lenge før vi kom.
        Ungene fikk lov til å være oppe lenge og se på stjerneskuddene fra en madrass i hagen.
        Nå som dagene blir lengre, sykler vi hjem fra trening uten å måtte bruke lykt.
        """
}
